import {listed} from '../../model/listed.ts'
import type {RolledWorkload, RolloutState} from '../../reports/rollout/report.ts'
import {age, humanDuration} from '../human.ts'
import type {Tone} from '../view.ts'

type NextStep = RolledWorkload['next']
type Choice = NonNullable<NextStep['choose']>
type PodAction = NextStep['actions'][number]

export const STATE_TONES: Readonly<Record<RolloutState, Tone | undefined>> = {
  Complete: 'ok',
  Progressing: undefined,
  Held: 'muted',
  Waiting: 'muted',
  Stalled: 'error',
  Unknown: 'warn',
}

/** `Stalled for 12m`, `Progressing, last step 40s ago, a Pod takes 35s`. */
export function stateWords({state, since, pace}: RolledWorkload, now: string): string {
  if (state === 'Stalled') return since ? `Stalled for ${age(since, now)}` : 'Stalled'
  if (state !== 'Progressing' || !pace) return state
  const each = pace.secondsPerPod === null ? '' : `, a Pod takes ${humanDuration(pace.secondsPerPod)}`
  return `Progressing, last step ${age(pace.lastStepAt, now)} ago${each}`
}

/** `3/5 updated, 2 waiting, 1 not available`. */
export function countsText({counts, steps}: RolledWorkload): string {
  const {desired, updated} = counts
  const others = (['waiting', 'held', 'missing', 'condemned'] as const).map((state) => ({
    state,
    count: steps.filter((step) => step.state === state || (state === 'missing' && isMissing(step))).length,
  }))
  const rest = others.filter(({count}) => count > 0).map(({state, count}) => `, ${count} ${state}`)
  const missing = steps.filter(({status, state}) => status === null && state !== 'condemned').length
  const down = (desired ?? 0) - (counts.available ?? desired ?? 0) - missing
  const unavailable = down > 0 ? `, ${down} not available` : ''
  return `${updated ?? '?'}/${desired ?? '?'} updated${rest.join('')}${unavailable}`
}

/** The one that blocks may be one of those that have no Pod. */
function isMissing({state, status}: RolledWorkload['steps'][number]): boolean {
  return state === 'blocking' && status === null
}

const FEW = 4

/** What the controller does next, or what it waits for. */
export function nextText(
  {next, state, reason, updateStrategy, decidedBy}: RolledWorkload,
  now: string,
): string {
  if (decidedBy !== undefined && state !== 'Complete')
    return reason === null ? decidedBy : `${reason}; ${decidedBy}`
  const {actions, choose, chooseAlso, waitsFor} = next
  const choices = [choose, chooseAlso].filter((choice) => choice != null).map(choiceText)
  const parts = [...actionTexts(actions), ...choices]
  if (parts.length > 0) return parts.join('; ')
  if (waitsFor && isIdle(waitsFor, updateStrategy)) {
    return `nothing: ${waitsFor.pod} is not ready, and the controller does not wait for it; after an edit of the template somebody has to delete it (OnDelete)`
  }
  if (waitsFor) return `waits for ${waitsFor.message}${leftText(next, now)}`
  if (state === 'Unknown') return reason === null ? 'not known' : `not known: ${reason}`
  return 'nothing: all is done'
}

/** Told to update nothing by itself, and to create and delete without any order. */
function isIdle(
  {reason}: NonNullable<NextStep['waitsFor']>,
  {type, podManagementPolicy}: RolledWorkload['updateStrategy'],
): boolean {
  return reason === 'PodReady' && type === 'OnDelete' && podManagementPolicy !== 'OrderedReady'
}

/** `, 8s left`. */
function leftText({waitsFor}: NextStep, now: string): string {
  if (!waitsFor?.until) return ''
  const seconds = Math.max(0, (Date.parse(waitsFor.until) - Date.parse(now)) / 1000)
  return `, ${humanDuration(seconds)} left`
}

function actionTexts(actions: readonly PodAction[]): readonly string[] {
  const groups = Map.groupBy(actions, ({action, revision}) => `${action} ${revision ?? ''}`)
  return [...groups.values()].map((group) => {
    const [first] = group
    const at = first?.action === 'Create' && first.revision ? ` at ${first.revision}` : ''
    return `${first?.action.toLowerCase()} ${listed(group.map(placeText), FEW)}${at}`
  })
}

function placeText({pod, nodeName}: PodAction): string {
  if (nodeName === undefined) return pod ?? ''
  return pod === null ? `a Pod on ${nodeName}` : `${pod} on ${nodeName}`
}

function choiceText({action, count, from}: Choice): string {
  if (action === 'Create') return `create new Pods on ${count} of ${from.length} nodes, picked at random`
  return `delete ${count} of ${from.length} old Pods, picked at random`
}

/** `RollingUpdate · OrderedReady · partition 2`. */
export function strategyText({updateStrategy}: RolledWorkload): string {
  const {
    type,
    podManagementPolicy,
    partition,
    maxUnavailable,
    maxSurge,
    honorsMaxUnavailable,
    minReadySeconds,
    podUpdatePolicy,
    paused,
  } = updateStrategy
  const isIgnored = honorsMaxUnavailable === false ? ' (ignored by this server)' : ''
  const isSaid = maxUnavailable !== null && (podManagementPolicy === null || maxUnavailable !== 1)
  return [
    type,
    podManagementPolicy,
    partition === null ? null : `partition ${partition}`,
    isSaid && !isZero(maxUnavailable) ? `maxUnavailable ${maxUnavailable}${isIgnored}` : null,
    maxSurge === null || isZero(maxSurge) ? null : `maxSurge ${maxSurge}`,
    minReadySeconds > 0 ? `minReadySeconds ${minReadySeconds}` : null,
    podUpdatePolicy,
    paused ? 'paused' : null,
  ]
    .filter((part) => part != null)
    .join(' · ')
}

function isZero(value: number | string): boolean {
  return value === 0 || value === '0%'
}

/** `db-6c9f → db-7d4b`: what Pods are of, and what they are to be of. */
export function revisionsText({revisions, updateRevision}: RolledWorkload): string {
  const old = revisions.map(({name}) => name ?? '<none>').filter((name) => name !== updateRevision)
  const target = updateRevision ?? '<unknown>'
  return old.length === 0 ? target : `${listed(old, FEW)} → ${target}`
}
