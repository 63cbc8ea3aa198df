import type {Drained} from '../../model/foretold/drain.ts'
import {keyOf, type Node, nameOf, type Pod} from '../../model/objects.ts'
import {keepersOf} from '../../model/pod.ts'
import {keptText} from './fates.ts'
import type {PodFate, WhatIfEnd} from './report.ts'
import {unsureEnd} from './unsure-end.ts'
import {counted, few, nameIn} from './words.ts'

/** How a drain ends, the worst first. */
export function drainEnd(
  nodes: readonly Node[],
  {refused, failed, lingering}: Drained,
  pods: readonly PodFate[],
): WhatIfEnd {
  const where = few(nodes.map(nameOf))
  const lost = pods.filter(({returns, fate}) => fate === 'Evicted' && LOST.includes(returns))
  const alsoLost = lost.length > 0 ? `; ${lostText(lost)}` : ''
  const never = stayText(refused, pods)
  if (never) return stopped(`the drain never ends: ${never}${alsoLost}`)
  if (lingering.length > 0)
    return stopped(`the drain never ends: ${lingerTexts(lingering, where).join('; ')}${alsoLost}`)
  const fails = stayText(failed, pods)
  if (fails) return stopped(`the drain ends with an error: ${fails}${alsoLost}`)
  if (lost.length > 0) return {state: 'Short', message: lostText(lost), waitsFor: null}
  return wellEnd(where, pods)
}

/** Who of them stays, and why the first does; undefined where there is nobody. */
function stayText(refused: Drained['refused'], pods: readonly PodFate[]): string | undefined {
  const names = new Set(refused.map(({pod}) => keyOf(pod)))
  const first = pods.find(({namespace, name}) => names.has(keyOf({metadata: {namespace, name}})))
  if (!first) return undefined
  const others = refused.length > 1 ? ` (and ${refused.length - 1} more)` : ''
  return `${nameIn(first)}${others} stays, as ${first.message}`
}

function lingerTexts(lingering: readonly Pod[], where: string): readonly string[] {
  const byKeepers = Map.groupBy(lingering, (pod) => keptText(keepersOf(pod)))
  return [...byKeepers].map(
    ([kept, pods]) =>
      `${few(pods.map(nameOf))} ${pods.length === 1 ? 'stays' : 'stay'} Terminating, as ${kept ?? `${where} does not answer`}`,
  )
}

const LOST: readonly PodFate['returns'][] = ['No', 'Never']

function wellEnd(where: string, pods: readonly PodFate[]): WhatIfEnd {
  const moved = pods.filter(({fate}) => fate === 'Evicted')
  const left = `${counted(moved.length, 'Pod')} ${moved.length === 1 ? 'leaves' : 'leave'} ${where}`
  const unsure = unsureEnd(left, pods)
  if (unsure) return unsure
  return {
    state: 'Done',
    message:
      moved.length > 0
        ? `${left}, and every one that somebody answers for is at work again elsewhere`
        : `nothing has to leave ${where}`,
    waitsFor: null,
  }
}

function lostText(lost: readonly PodFate[]): string {
  return `${few(lost.map(nameIn))} ${lost.length > 1 ? 'do' : 'does'} not come back${reasonsOf(lost)}`
}

/** Why Pods do not come back: of several the reason of one, where a volume is the reason rather than anything else. */
export function reasonsOf(lost: readonly PodFate[]): string {
  const isBound = ({message}: PodFate) => message?.startsWith('its volume') === true
  const [first] = lost.toSorted((left, right) => Number(isBound(right)) - Number(isBound(left)))
  if (!first?.message) return ''
  return lost.length === 1 ? `: ${first.message}` : ` (${nameIn(first)}: ${first.message})`
}

function stopped(message: string): WhatIfEnd {
  return {state: 'Stopped', message, waitsFor: null}
}
