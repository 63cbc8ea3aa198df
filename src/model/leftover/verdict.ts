import type {KubernetesObject} from '../objects.ts'
import type {ClusterSnapshot} from '../snapshot.ts'

/** Why something is left over, by its kind. */
export interface Reasons {
  readonly PersistentVolumeClaim: /** Its name is that of an ordinal, and no such StatefulSet is there. */
    | 'NoSet'
    /** Of an ordinal above those of its StatefulSet: it is used again when the set grows. */
    | 'BeyondOrdinals'
    /** Of an ordinal below `ordinals.start` of its StatefulSet. */
    | 'BelowStart'
    /** No volumeClaimTemplate of its StatefulSet has its name any more. */
    | 'NoTemplate'
  readonly PersistentVolume: /** Its claim is gone. */
    | 'Released'
    /** It could not be reclaimed. */
    | 'Failed'
  readonly VolumeAttachment: /** Its node is gone. */
    | 'NodeGone'
    /** Its volume is gone. */
    | 'VolumeGone'
    /** No Pod on that node mounts the volume. */
    | 'Unused'
  readonly Pod: /** Its node is gone. */
    | 'NodeGone'
    /** It has no owner, and the name of an ordinal. */
    | 'HoldsName'
    /** It has no owner, and its set is gone. */
    | 'NoOwner'
  readonly ControllerRevision: /** It has no owner, and no set would adopt it. */
    | 'NoOwner'
    /** The set that owns it is gone. */
    | 'OwnerGone'
}

export type LeftoverKind = keyof Reasons

/** Why something is left over. */
export type LeftoverReason = Reasons[LeftoverKind]

/** Why something that looks left over is not called so. */
export type SparedReason =
  /** Its StatefulSet has 0 replicas: its claims wait for it. */
  | 'Parked'
  /** It belongs to a controller that is not a StatefulSet's or DaemonSet's. */
  | 'OtherOwner'
  /** It has a label of neither Kubernetes nor a common tool: what put that there may still want it. */
  | 'ForeignLabel'
  /** It was created, or used, a moment ago: what it is for may be on its way. */
  | 'Recent'
  /** It is being deleted already. */
  | 'Terminating'

/** An object that is left over. */
export interface Left<K extends LeftoverKind = LeftoverKind> {
  readonly state: 'leftover'
  readonly reason: Reasons[K]
  /** Names of the sets that it may have belonged to. */
  readonly sets?: readonly string[]
  readonly ordinal?: number
}

/** An object that only looks left over. */
export interface LookingLeft {
  readonly state: 'spared'
  readonly reason: SparedReason
  readonly by?: string
}

/** What is to be said of an object; undefined stands for one that is in use, or none of ours. */
export type Verdict<K extends LeftoverKind> = Left<K> | LookingLeft

export function leftover<R extends LeftoverReason>(
  reason: R,
  of: {readonly sets?: readonly string[]; readonly ordinal?: number | undefined} = {},
): Omit<Left, 'reason'> & {readonly reason: R} {
  const {sets, ordinal} = of
  return {state: 'leftover', reason, ...(sets && {sets}), ...(ordinal !== undefined && {ordinal})}
}

export function spared(reason: SparedReason, by?: string): LookingLeft {
  return {state: 'spared', reason, ...(by !== undefined && {by})}
}

/**
 * What is about to happen to an object, or has only just happened, decides before all else. `since`: times, RFC 3339, of what
 * may be followed by somebody who wants it, or takes it away.
 */
export function settled<K extends LeftoverKind>(
  {metadata}: KubernetesObject,
  verdict: Verdict<K> | undefined,
  {observedAt}: Pick<ClusterSnapshot, 'observedAt'>,
  ...since: readonly (string | undefined)[]
): Verdict<K> | undefined {
  if (verdict?.state !== 'leftover') return verdict
  if (metadata?.deletionTimestamp) return spared('Terminating')
  return isRecent(observedAt, since) ? spared('Recent') : verdict
}

/** What creates a claim, or takes an object away, has had its turn by then. */
const RECENT_SECONDS = 600

/** Whether one of these times is only a moment ago. */
function isRecent(now: string, times: readonly (string | undefined)[]): boolean {
  return times.some((time) => Date.parse(now) - Date.parse(time ?? '') < RECENT_SECONDS * 1000)
}
