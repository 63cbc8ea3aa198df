import {daemonTolerations} from '../../model/daemon-eligibility.ts'
import type {DaemonRule} from '../../model/daemon-rule.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import {untoleratedTaints} from '../../model/taints.ts'
import {kubectl} from '../command-line.ts'
import type {Finding, Rule} from '../finding.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {setReference, setText} from './parts.ts'

/** What each kind of rule is called, and what would let the set in. */
const KINDS: Readonly<Record<DaemonRule['kind'], {readonly id: string; readonly advice: string}>> = {
  Taint: {id: 'ds-excluded-taint', advice: 'tolerate the taint in the template, or take it off the node'},
  NodeSelector: {
    id: 'ds-excluded-selector',
    advice: 'change the label of the node, or the nodeSelector in the template',
  },
  NodeAffinity: {
    id: 'ds-excluded-selector',
    advice: 'change the labels of the node, or the required node affinity in the template',
  },
  NodeName: {
    id: 'ds-excluded-nodename',
    advice: 'take spec.nodeName out of the template: it pins all Pods of the set to one node',
  },
}

/** By design the set is not wanted on the node: which rule says so. */
export const excluded: Rule<DaemonNodeSubject> = (subject) => {
  const {state, eligibility, daemonSet, name} = subject
  const rule = eligibility?.rule
  if (state !== 'Excluded' || !rule) return undefined
  return {
    id: KINDS[rule.kind].id,
    severity: 'info',
    message: `Node ${name} is to have no Pod of ${setText(daemonSet)}: ${rule.detail}`,
    object: setReference(daemonSet),
    evidence: [`node/${name} ${rule.detail}`],
    selfHealing: 'no',
    remedy: remedyOf(rule, subject),
  }
}

/** A person put that one there, and has to take it away. */
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service'

const COST = 'a Pod of the set then runs on that node'

function remedyOf({kind}: DaemonRule, subject: DaemonNodeSubject): Finding['remedy'] {
  const {daemonSet, name} = subject
  const labels = kind === 'NodeSelector' ? missingLabels(subject) : []
  if (labels.length > 0) {
    return {
      commands: [kubectl('label', 'node', name, ...labels)],
      advice: 'only if the set is wanted there',
      danger: `${COST}, and so do others that select that label`,
      rung: 1,
    }
  }
  if (kind === 'Taint' && isOfNodeHealth(subject)) {
    const advice = 'bring the node back: the taint goes when its trouble is over'
    return {commands: [kubectl('describe', 'node', name)], advice, danger: '', rung: 0}
  }
  const look = kubectl('get', 'ds', '-n', namespaceOf(daemonSet), nameOf(daemonSet), '-o', 'yaml')
  return {
    commands: [kubectl('describe', 'node', name), look],
    advice: `only if the set is wanted there: ${KINDS[kind].advice}`,
    danger: kind === 'Taint' ? `${COST}; a taint is there for a reason, such as special hardware` : COST,
    rung: 1,
  }
}

/** Kubernetes itself put the taint there, and takes it away. */
function isOfNodeHealth({daemonSet, node}: DaemonNodeSubject): boolean {
  const taints = node ? untoleratedTaints(node, daemonTolerations(daemonSet.spec?.template)) : []
  return taints.some(({key}) => key?.startsWith('node.kubernetes.io/') && key !== OUT_OF_SERVICE)
}

/** Those that the selector wants and the node lacks altogether; empty where another value would have to go. */
function missingLabels({daemonSet, node}: DaemonNodeSubject): readonly string[] {
  const labels = node?.metadata?.labels ?? {}
  const unmet = Object.entries(daemonSet.spec?.template?.spec?.nodeSelector ?? {}).filter(
    ([key, value]) => labels[key] !== value,
  )
  const isSafe = unmet.every(([key]) => !Object.hasOwn(labels, key))
  return isSafe ? unmet.map(([key, value]) => `${key}=${value}`) : []
}
