import {clean} from '../../model/clean.ts'
import {countAt} from '../../model/custom/content.ts'
import {knownKind} from '../../model/custom/known-kinds.ts'
import type {CustomMember, CustomSet} from '../../model/custom/members.ts'
import type {OperatorPhase} from '../../model/custom/object.ts'
import type {CustomStrategy} from '../../model/custom/strategy.ts'
import {isAvailable} from '../../model/pod.ts'
import type {RolloutState} from '../rollout/report.ts'

interface State {
  readonly state: RolloutState
  /** In one sentence, why it is that; null where the state says it all. */
  readonly reason: string | null
}

/** How an update stands, by what is seen; never stalled, for whether its operator still does something nobody knows. */
export function customState(set: CustomSet, strategy: CustomStrategy, now: string): State {
  const {object, members, desired, minReadySeconds} = set
  if (isUnobserved(set))
    return {state: 'Unknown', reason: 'its controller has not looked at the newest generation yet'}
  const wanted = members.filter(({state}) => state === 'desired')
  const isUp = ({pod}: CustomMember) => pod !== undefined && isAvailable(pod, minReadySeconds, now)
  const isWhole = wanted.every(isUp) && wanted.length >= (desired ?? wanted.length)
  const isClear = members.every(({state}) => state !== 'condemned')
  const phase = knownKind(object.of).phaseOf?.(object)
  if (phase) return byPhase(phase, isWhole && isClear)
  if (wanted.some(({isUpdated}) => isUpdated === undefined)) return untold(isWhole && isClear)
  const old = wanted.filter(({isUpdated}) => isUpdated === false).length
  if (old > 0) return outdated(old, isWhole, strategy)
  return {state: isWhole && isClear ? 'Complete' : 'Progressing', reason: null}
}

/** Many controllers say so which generation they have looked at. */
function isUnobserved({object: {metadata, status}}: CustomSet): boolean {
  const observed = countAt(status, 'observedGeneration')
  return observed !== undefined && observed < (metadata?.generation ?? 0)
}

function byPhase({text, isWell, waitsForPerson}: OperatorPhase, isWhole: boolean): State {
  const reason = `its operator says: ${clean(text)}`
  if (isWell) return isWhole ? {state: 'Complete', reason: null} : {state: 'Progressing', reason}
  return {state: waitsForPerson ? 'Waiting' : 'Progressing', reason}
}

function untold(isWhole: boolean): State {
  const reason = 'nothing tells which Pods are up to date'
  return {
    state: isWhole ? 'Unknown' : 'Progressing',
    reason: isWhole ? `all Pods are ready; ${reason}` : reason,
  }
}

/** Kept back on purpose, or not yet reached. */
function outdated(old: number, isWhole: boolean, {isPaused, type, partition}: CustomStrategy): State {
  if (isPaused) return {state: 'Waiting', reason: 'it is paused (spec.updateStrategy.rollingUpdate.paused)'}
  if (type === 'OnDelete')
    return {state: 'Waiting', reason: 'OnDelete: old Pods stay until somebody deletes them'}
  if (isWhole && partition !== null && old <= partition)
    return {state: 'Held', reason: `partition ${partition} keeps ${old} of the old revision`}
  return {state: 'Progressing', reason: null}
}
