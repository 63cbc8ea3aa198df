import type {NextStep} from '../../../src/model/rollout/next-step.ts'
import type {ClusterSnapshot} from '../../../src/model/snapshot.ts'
import type {RolledWorkload} from '../../../src/reports/rollout/report.ts'
import {type Comparison, compare} from './compare.ts'
import {actOf, picture, showAct, showNext} from './in-words.ts'
import type {ControllerWrite, PodWrite} from './writes.ts'

/** One workload in one turn of the controllers. */
export interface Sync extends Comparison {
  /** What we said before the turn. */
  readonly workload: RolledWorkload
  /** What was done, each in words: `Create db-0 at db-7d4`. */
  readonly acts: readonly string[]
  /** Its Pods before the turn and after it. */
  readonly pods: readonly string[]
  readonly podsAfter: readonly string[]
  /** In words, where we were wrong. */
  readonly wrong?: string
}

export interface Seen {
  readonly before: ClusterSnapshot
  readonly after: ClusterSnapshot
  readonly workloads: readonly RolledWorkload[]
  /** By UID of the workload. */
  readonly writes: ReadonlyMap<string, readonly ControllerWrite[]>
  readonly rolled: (snapshot: ClusterSnapshot) => readonly RolledWorkload[]
}

const NOTHING: NextStep = {actions: [], choose: null, waitsFor: null}

export function syncsOf(seen: Seen): readonly Sync[] {
  return seen.workloads.map((workload) => syncOf(workload, seen))
}

function syncOf(workload: RolledWorkload, {before, after, writes, rolled}: Seen): Sync {
  const {uid} = workload
  const its = writes.get(uid) ?? []
  const {controllerRevisions} = after
  const comparison = compare(before, {
    writes: its,
    renewed: (snapshot) => ({...snapshot, controllerRevisions}),
    predict: (snapshot) => rolled(snapshot).find((each) => each.uid === uid)?.next ?? NOTHING,
  })
  const acts = its.filter(isDone).map((write) => showAct(actOf(write)))
  const pods = picture(before, uid)
  const sync = {...comparison, workload, acts, pods, podsAfter: picture(after, uid)}
  return comparison.fault ? {...sync, wrong: report(sync, comparison.fault)} : sync
}

function isDone(write: ControllerWrite): write is PodWrite {
  return write.what !== 'Status' && write.code < 300
}

function report(
  {workload, acts, pods}: Omit<Sync, 'wrong'>,
  {message, snapshot}: NonNullable<Comparison['fault']>,
): string {
  const {kind, name, next, updateStrategy, currentRevision, updateRevision} = workload
  return [
    `${kind} ${name} ${JSON.stringify(updateStrategy)} ${currentRevision} -> ${updateRevision}`,
    message,
    `first ${showNext(next)}`,
    `did: ${acts.join(', ') || 'nothing'}`,
    ...pods.map((pod) => `  before: ${pod}`),
    ...picture(snapshot, workload.uid).map((pod) => `  then: ${pod}`),
  ].join('\n')
}

/** Whether something was to be done, or something had to come first: a sync that says something. */
export function isTelling({workload: {next}, acts, unforeseeable, foreseen}: Sync): boolean {
  if (next.waitsFor?.reason === 'Observation') return unforeseeable > 0 && foreseen > 0
  return acts.length > 0 || next.waitsFor !== null
}
