/** Why something is left over. */
export type LeftoverReason =
  /** A claim: its name is that of an ordinal, and no such StatefulSet is there. */
  | 'NoSet'
  /** A claim: of an ordinal that its StatefulSet does not want any more. */
  | 'BeyondOrdinals'
  /** A volume: its claim is gone. */
  | 'Released'
  /** A volume: it could not be reclaimed. */
  | 'Failed'
  /** An attachment, or a Pod: its node is gone. */
  | 'NodeGone'
  /** An attachment: its volume is gone. */
  | 'VolumeGone'
  /** An attachment: no Pod on that node mounts the volume. */
  | 'Unused'
  /** A Pod without owner that has the name of an ordinal. */
  | 'HoldsName'
  /** A Pod, or a revision, without owner whose set is gone. */
  | 'NoOwner'
  /** A revision: the set that owns it is gone. */
  | 'OwnerGone'

/** Why something that looks left over is not called so. */
export type SparedReason =
  /** Its StatefulSet has 0 replicas: its claims wait for it. */
  | 'Parked'
  /** It belongs to a controller that is not a StatefulSet's or DaemonSet's. */
  | 'OtherOwner'
  /** It was created, or used, a moment ago: what it is for may be on its way. */
  | 'Recent'
  /** It is being deleted already. */
  | 'Terminating'

/** What is to be said of an object; undefined stands for one that is in use, or none of ours. */
export type Verdict =
  | {
      readonly state: 'leftover'
      readonly reason: LeftoverReason
      /** Names of the sets that it may have belonged to. */
      readonly sets?: readonly string[]
      readonly ordinal?: number
    }
  | {readonly state: 'spared'; readonly reason: SparedReason; readonly by?: string}

export function leftover(
  reason: LeftoverReason,
  of: {readonly sets?: readonly string[]; readonly ordinal?: number | undefined} = {},
): Verdict {
  const {sets, ordinal} = of
  return {state: 'leftover', reason, ...(sets && {sets}), ...(ordinal !== undefined && {ordinal})}
}

export function spared(reason: SparedReason, by?: string): Verdict {
  return {state: 'spared', reason, ...(by !== undefined && {by})}
}

/** What creates a claim, or takes an object away, has had its turn by then. */
const RECENT_SECONDS = 600

/** Whether one of these times, RFC 3339, is only a moment ago. */
export function isRecent(now: string, ...times: readonly (string | undefined)[]): boolean {
  return times.some((time) => Date.parse(now) - Date.parse(time ?? '') < RECENT_SECONDS * 1000)
}
