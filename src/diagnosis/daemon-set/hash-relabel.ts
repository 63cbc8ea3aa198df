import {type ControllerRevision, controllerUid, nameOf, type Pod} from '../../model/objects.ts'
import {secondsBetween} from '../elapsed.ts'
import {fewText} from '../few.ts'
import type {Rule} from '../finding.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {setReference, setText} from './parts.ts'

const HASH = 'controller-revision-hash'

/**
 * Of two equal revisions the controller keeps one, and gives its hash to the Pods of the other (dedupCurHistories). A Pod
 * that is older than the revision it claims to be of was never made from that.
 */
export const hashRelabel: Rule<DaemonSetSubject> = ({daemonSet, nodes, relations}) => {
  const revisions = relations.snapshot.controllerRevisions.filter(
    (revision) => controllerUid(revision) === daemonSet.metadata?.uid,
  )
  const made = new Map(revisions.map((revision) => [revision.metadata?.labels?.[HASH], revision]))
  const relabelled = nodes
    .flatMap(({pods}) => pods)
    .filter((pod) => isOlder(pod, made.get(pod.metadata?.labels?.[HASH])))
  const [first] = relabelled
  if (!first) return undefined
  const revision = made.get(first.metadata?.labels?.[HASH])
  return {
    id: 'ds-hash-relabel',
    severity: 'info',
    message: `${fewText(relabelled.map(nameOf))} of ${setText(daemonSet)} got another ${HASH} without a restart: two revisions were the same, and the controller kept one`,
    object: setReference(daemonSet),
    evidence: [
      `pod/${nameOf(first)} metadata.creationTimestamp=${first.metadata?.creationTimestamp}`,
      `controllerrevision/${revision ? nameOf(revision) : ''} metadata.creationTimestamp=${revision?.metadata?.creationTimestamp}, whose hash the Pod bears`,
    ],
    selfHealing: 'yes',
    remedy: null,
  }
}

function isOlder(pod: Pod, revision: ControllerRevision | undefined): boolean {
  return secondsBetween(pod.metadata?.creationTimestamp, revision?.metadata?.creationTimestamp) > 0
}
