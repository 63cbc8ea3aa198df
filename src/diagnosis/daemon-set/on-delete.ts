import {isUpdated} from '../../model/daemon-revision.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {nodesText, setReference, setText} from './parts.ts'

/** By design nothing is replaced until somebody deletes it. */
export const onDelete: Rule<DaemonSetSubject> = ({daemonSet, nodes, hash}) => {
  if (daemonSet.spec?.updateStrategy?.type !== 'OnDelete') return undefined
  const outdated = nodes.flatMap(({node, pods}) =>
    pods
      .filter((pod) => !isTerminating(pod) && isUpdated(daemonSet, pod, hash) === false)
      .map((pod) => ({name: nameOf(node), pod: nameOf(pod)})),
  )
  const [first] = outdated.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  if (!first) return undefined
  const names = [...new Set(outdated.map(({name}) => name))].toSorted()
  return {
    id: 'ds-ondelete',
    severity: 'info',
    message: `${setText(daemonSet)} updates a node when its Pod is deleted (OnDelete); the old revision is still on ${nodesText(names)}`,
    object: setReference(daemonSet),
    evidence: [`daemonset/${nameOf(daemonSet)} spec.updateStrategy.type=OnDelete`],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('delete', 'pod', '-n', namespaceOf(daemonSet), first.pod)],
      advice: 'one node at a time: wait until its new Pod is available',
      danger: 'the node is without its Pod until the new one is available',
      rung: 2,
    },
  }
}
