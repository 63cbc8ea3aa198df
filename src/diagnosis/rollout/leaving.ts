import {nameOf, namespaceOf} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import {notReadyTrouble} from '../node-trouble.ts'
import {podReference} from '../pod.ts'
import type {RolloutSubject} from './subject.ts'

/** The Pod was told to stop, and what comes after it waits until it is gone. */
export const leavingTooLong: Rule<RolloutSubject> = ({blocker, relations}) => {
  const {slot, holdUp} = blocker ?? {}
  if (!slot?.pod || !holdUp || !isTerminating(slot.pod)) return undefined
  const {pod, name} = slot
  const finalizers = pod.metadata?.finalizers ?? []
  const isLost = notReadyTrouble(relations.node(pod.spec?.nodeName ?? '')) !== undefined
  const id = isLost ? 'term-node-unreachable' : finalizers.length > 0 ? 'term-finalizer' : 'term-grace-period'
  return {
    id,
    severity: 'error',
    message: `${name} ${holdUp.text}`,
    object: podReference(pod),
    ...(holdUp.since && {since: holdUp.since}),
    evidence: [`pod/${name} metadata.deletionTimestamp=${pod.metadata?.deletionTimestamp}`],
    selfHealing: 'maybe',
    remedy: {
      commands: [
        kubectl('describe', 'pod', '-n', namespaceOf(pod), nameOf(pod)),
        ...(isLost ? [kubectl('describe', 'node', pod.spec?.nodeName ?? '')] : []),
      ],
      advice: isLost
        ? 'bring the node back; delete the Node only if its machine is off and never comes back'
        : 'see what keeps it: a finalizer, a container that does not stop, a volume that does not unmount',
      danger:
        'forcing the Pod away lets a second one start while the first may still run and write: never before the machine or the process is known to be dead',
      rung: 0,
    },
  }
}
