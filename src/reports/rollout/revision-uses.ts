import {isDaemonPod, targetNode} from '../../model/daemon-pods.ts'
import {currentRevision} from '../../model/daemon-revision.ts'
import {REVISION_HASH} from '../../model/known-labels.ts'
import {
  type ControllerRevision,
  type DaemonSet,
  isObserved,
  nameOf,
  type Pod,
  type StatefulSet,
} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {isMember, ordinalIn} from '../../model/stateful-set.ts'
import type {WorkloadRevisions} from './revisions-report.ts'

/** A workload, its revisions, and who is of which. */
export interface RevisionUses {
  readonly kind: WorkloadRevisions['kind']
  readonly set: StatefulSet | DaemonSet
  /** Those that it controls: another set may select the same labels. */
  readonly revisions: readonly ControllerRevision[]
  /** As Pods name that revision. */
  readonly keyOf: (revision: ControllerRevision) => string
  readonly currentKey: string | undefined
  readonly updateKey: string | undefined
  /** As far as they were seen. */
  readonly podsOf: ReadonlyMap<string, readonly Pod[]>
  readonly seesPods: boolean
  readonly ordinalOf: (pod: Pod) => number | undefined
  readonly nodeOf: (pod: Pod) => string | undefined
}

/** Revisions of a StatefulSet, whose Pods bear the names of theirs. */
export function statefulSetUses(set: StatefulSet, relations: Relations): RevisionUses {
  const {uid} = set.metadata ?? {}
  const pods = relations.podsOf(uid).filter((pod) => isMember(set, pod))
  return {
    kind: 'StatefulSet',
    set,
    revisions: relations.revisionsOf(uid),
    keyOf: nameOf,
    currentKey: set.status?.currentRevision || undefined,
    updateKey: isObserved(set) ? set.status?.updateRevision || undefined : undefined,
    podsOf: byHash(pods),
    seesPods: relations.seesPodsOf(set),
    ordinalOf: (pod) => ordinalIn(nameOf(pod), nameOf(set)),
    nodeOf: () => undefined,
  }
}

/** Revisions of a DaemonSet, whose Pods bear their hashes. */
export function daemonSetUses(set: DaemonSet, relations: Relations): RevisionUses {
  const {uid} = set.metadata ?? {}
  const revisions = relations.revisionsOf(uid)
  const newest = isObserved(set) ? currentRevision(set, revisions) : undefined
  return {
    kind: 'DaemonSet',
    set,
    revisions,
    keyOf: hashOf,
    currentKey: undefined,
    updateKey: newest && hashOf(newest),
    podsOf: byHash(relations.podsOf(uid).filter((pod) => isDaemonPod(set, pod))),
    seesPods: relations.seesPodsOf(set),
    ordinalOf: () => undefined,
    nodeOf: targetNode,
  }
}

function hashOf(revision: ControllerRevision): string {
  return revision.metadata?.labels?.[REVISION_HASH] ?? nameOf(revision)
}

/** A Pod without the label was never created from a revision. */
function byHash(pods: readonly Pod[]): ReadonlyMap<string, readonly Pod[]> {
  const groups = Map.groupBy(pods, ({metadata}) => metadata?.labels?.[REVISION_HASH] ?? '')
  groups.delete('')
  return groups
}
