import {REVISION_HASH} from '../../model/known-labels.ts'
import {type ControllerRevision, nameOf, type Pod} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {secondsBetween} from '../patience.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {fewText} from '../words.ts'
import {setReference, setText} from './words.ts'

export const causes = {
  'ds-hash-relabel': {
    title: 'revision label changed without restart',
    applies: ['DaemonSet'],
    sign: 'Several ControllerRevisions held the same template. The controller keeps one of them and relabels the Pods; none is restarted.',
    remedy: 'Nothing.',
    rank: 'aside',
  },
} satisfies Causes

/**
 * Of two equal revisions the controller keeps one, and gives its hash to the Pods of the other (dedupCurHistories). A Pod
 * that is older than the revision it claims to be of was never created from that.
 */
export const hashRelabel: Rule<DaemonSetSubject> = ({daemonSet, nodes, relations}) => {
  const revisions = relations.revisionsOf(daemonSet.metadata?.uid)
  const byHash = new Map(revisions.map((revision) => [revision.metadata?.labels?.[REVISION_HASH], revision]))
  const relabelled = nodes
    .flatMap(({pods}) => pods)
    .filter((pod) => isOlder(pod, byHash.get(pod.metadata?.labels?.[REVISION_HASH])))
  const [first] = relabelled
  if (!first) return undefined
  const revision = byHash.get(first.metadata?.labels?.[REVISION_HASH])
  return {
    id: 'ds-hash-relabel',
    severity: 'info',
    message: `Two revisions of ${setText(daemonSet)} were the same, so ${fewText(relabelled.map(nameOf))} got another ${REVISION_HASH} without a restart`,
    object: setReference(daemonSet),
    evidence: [
      `pod/${nameOf(first)} metadata.creationTimestamp=${first.metadata?.creationTimestamp}`,
      `controllerrevision/${revision ? nameOf(revision) : ''} metadata.creationTimestamp=${revision?.metadata?.creationTimestamp}, and the Pod has its hash`,
    ],
    selfHealing: 'yes',
    remedy: null,
  }
}

function isOlder(pod: Pod, revision: ControllerRevision | undefined): boolean {
  return secondsBetween(pod.metadata?.creationTimestamp, revision?.metadata?.creationTimestamp) > 0
}
