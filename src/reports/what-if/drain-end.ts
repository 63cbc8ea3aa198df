import type {Drained} from '../../model/foretold/drain.ts'
import {type Node, nameOf} from '../../model/objects.ts'
import type {PodFate, WhatIfEnd} from './report.ts'
import {counted, few} from './words.ts'

/** How a drain ends, the worst first. */
export function drainEnd(
  nodes: readonly Node[],
  {refused, lingering}: Drained,
  pods: readonly PodFate[],
): WhatIfEnd {
  const where = few(nodes.map(nameOf))
  const lost = pods.filter(({returns, fate}) => fate === 'Evicted' && returns === 'No')
  const [first] = pods.filter(({fate}) => fate === 'Refused')
  const alsoLost = lost.length > 0 ? `; ${lostText(lost)}` : ''
  if (first && refused.length > 0) {
    const others = refused.length > 1 ? ` (and ${refused.length - 1} more)` : ''
    return stopped(`the drain never ends: ${nameIn(first)}${others} stays, as ${first.message}${alsoLost}`)
  }
  if (lingering.length > 0)
    return stopped(
      `the drain never ends: ${few(lingering.map(nameOf))} stays Terminating, as ${where} does not answer${alsoLost}`,
    )
  if (lost.length > 0) return {state: 'Short', message: lostText(lost), waitsFor: null}
  return wellEnd(where, pods)
}

function wellEnd(where: string, pods: readonly PodFate[]): WhatIfEnd {
  const moved = pods.filter(({fate}) => fate === 'Evicted')
  const unsure = moved.filter(({returns}) => returns === 'Maybe')
  const unseen = moved.filter(({returns}) => returns === null)
  const left = `${counted(moved.length, 'Pod')} ${moved.length === 1 ? 'leaves' : 'leave'} ${where}`
  if (unseen.length > 0)
    return {
      state: 'Unknown',
      message: `${left}; where ${few(unseen.map(nameIn))} could go is <unknown>`,
      waitsFor: null,
    }
  if (unsure.length > 0)
    return {
      state: 'Short',
      message: `${left}; ${few(unsure.map(nameIn))} may find no node: not all of them fit at once`,
      waitsFor: null,
    }
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

export function nameIn({namespace, name}: Pick<PodFate, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`
}
