import type {PodFate, WhatIfEnd} from './report.ts'
import {few, nameIn} from './words.ts'

/** The end where of some Pods nobody can tell, or only chance can, whether they are at work again; undefined: of all one can. */
export function unsureEnd(done: string, pods: readonly PodFate[]): WhatIfEnd | undefined {
  const moved = pods.filter(({fate}) => MOVED.includes(fate))
  const unseen = moved.filter(({returns}) => returns === null)
  const unsure = moved.filter(({returns}) => returns === 'Maybe')
  const end = (state: WhatIfEnd['state'], message: string) => ({state, message, waitsFor: null})
  if (unseen.length > 0)
    return end('Unknown', `${done}; where ${few(unseen.map(nameIn))} could go is <unknown>${whyOf(unseen)}`)
  if (unsure.length > 0)
    return end('Short', `${done}; ${few(unsure.map(nameIn))} may find no node: not all of them fit at once`)
  return undefined
}

const MOVED: readonly PodFate['fate'][] = ['Evicted', 'Deleted', 'Created']

function whyOf(pods: readonly PodFate[]): string {
  const reasons = new Set(pods.map(({message}) => message))
  const [only] = reasons
  return reasons.size === 1 && only ? `: ${only}` : ''
}
