import {type Node, nameOf} from '../../model/objects.ts'
import {isReady} from '../../model/pod.ts'
import type {Rule} from '../finding.ts'
import {podReference, podText} from '../pod.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {livePods} from './parts.ts'

const LABELS: readonly (readonly [string, string])[] = [
  ['eks.amazonaws.com/compute-type', 'fargate'],
  ['type', 'virtual-kubelet'],
]

function virtualLabel(node: Node | undefined) {
  return LABELS.find(([key, value]) => node?.metadata?.labels?.[key] === value)
}

/** Serverless nodes run no daemon Pods; a set that tolerates everything gets one there all the same. */
export const virtualNode: Rule<DaemonNodeSubject> = (subject) => {
  const {state, name, node} = subject
  const label = virtualLabel(node)
  const pod = livePods(subject).find((each) => !isReady(each))
  if (!label || !pod || (state !== 'Pending' && state !== 'NotReady')) return undefined
  const [key, value] = label
  return {
    id: 'ds-virtual-node',
    severity: 'warning',
    message: `${podText(pod)} does not run on node ${name}, which is a virtual one`,
    object: podReference(pod),
    evidence: [`node/${name} label ${key}=${value}`, `pod/${nameOf(pod)} condition Ready is not True`],
    selfHealing: 'no',
    remedy: {
      commands: [],
      advice: `keep the set off such nodes: require ${key} NotIn [${value}] in the template's node affinity`,
      danger: '',
      rung: 1,
    },
  }
}
