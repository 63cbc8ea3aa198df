import {SAME_EDIT_SECONDS, secondsBetween} from '../../diagnosis/patience.ts'
import {type ControllerRevision, nameOf, type Pod} from '../../model/objects.ts'
import type {RevisionUses} from './revision-uses.ts'
import type {WorkloadRevision, Writer} from './revisions-report.ts'

/** Each revision of a workload: who runs it, when it was created, and by whom; newest first. */
export function historyOf(uses: RevisionUses, seesRevisions: boolean): readonly WorkloadRevision[] {
  const newestFirst = uses.revisions.toSorted((left, right) => right.revision - left.revision)
  const known = new Set(newestFirst.map(uses.keyOf))
  const named = [uses.updateKey, uses.currentKey, ...uses.podsOf.keys()].filter((key) => key !== undefined)
  const lost = [...new Set(named)].filter((key) => !known.has(key))
  return [
    ...newestFirst.map((revision, index) => presentRevision(revision, newestFirst.slice(0, index), uses)),
    ...lost.map((key) => ({
      ...UNSEEN,
      name: key,
      state: seesRevisions ? ('Missing' as const) : ('Unknown' as const),
      ...rolesOf(key, uses),
    })),
  ]
}

const UNSEEN = {number: null, createdAt: null, writtenBy: null, setChangedBy: null, sameAs: null}

function presentRevision(
  revision: ControllerRevision,
  newer: readonly ControllerRevision[],
  uses: RevisionUses,
): WorkloadRevision {
  const {metadata, data} = revision
  const same = newer.find((other) => data && other.data?.fingerprint === data.fingerprint)
  const writtenBy = lastWriter(revision)
  return {
    name: nameOf(revision),
    state: 'Present',
    number: revision.revision,
    ...rolesOf(uses.keyOf(revision), uses),
    createdAt: metadata?.creationTimestamp ?? null,
    writtenBy,
    setChangedBy: setWriter(uses, writtenBy?.at ?? metadata?.creationTimestamp),
    sameAs: same ? nameOf(same) : null,
  }
}

type Roles = Pick<WorkloadRevision, 'isUpdate' | 'isCurrent' | 'pods' | 'ordinals' | 'nodeNames'>

function rolesOf(key: string, uses: RevisionUses): Roles {
  const {updateKey, currentKey} = uses
  return {isUpdate: key === updateKey, isCurrent: key === currentKey, ...podsOfKey(key, uses)}
}

function podsOfKey(key: string, {podsOf, seesPods, ordinalOf, nodeOf}: RevisionUses) {
  if (!seesPods) return {pods: null, ordinals: null, nodeNames: null}
  const pods = podsOf.get(key) ?? []
  return {
    pods: pods.length,
    ordinals: each(pods, ordinalOf).toSorted((left, right) => left - right),
    nodeNames: each(pods, nodeOf).toSorted(),
  }
}

function each<T>(pods: readonly Pod[], of: (pod: Pod) => T | undefined): readonly T[] {
  return pods.map(of).filter((found) => found !== undefined)
}

type Entry = NonNullable<NonNullable<ControllerRevision['metadata']>['managedFields']>[number]

/** An update of its number, as a rollback is, is later than its creation. */
function lastWriter({metadata}: ControllerRevision): Writer | null {
  const entries = (metadata?.managedFields ?? []).toSorted(byTime)
  return writerOf(entries.at(-1))
}

/** Its spec, not its status: the last change before the controller wrote the revision, which takes it moments. */
function setWriter({set}: RevisionUses, writtenAt: string | undefined): Writer | null {
  const before = (set.metadata?.managedFields ?? []).filter(({subresource, time}) => {
    const seconds = secondsBetween(time, writtenAt)
    return !subresource && seconds >= 0 && seconds <= SAME_EDIT_SECONDS
  })
  return writerOf(before.toSorted(byTime).at(-1))
}

function writerOf(entry: Entry | undefined): Writer | null {
  if (!entry) return null
  return {manager: entry.manager ?? '', operation: entry.operation ?? '', at: entry.time ?? null}
}

function byTime(left: Entry, right: Entry): number {
  return Date.parse(left.time ?? '') - Date.parse(right.time ?? '')
}
