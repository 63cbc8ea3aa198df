import {IF_EARLY, IF_ROOM, upTo} from './fates.ts'
import type {PodFate, WhatIfEnd} from './report.ts'
import {few, nameIn} from './words.ts'

/** The end where of some Pods nobody can tell, or only chance can, whether they are at work again; undefined: of all one can. */
export function unsureEnd(done: string, pods: readonly PodFate[]): WhatIfEnd | undefined {
  const unsure = unsureAmong(pods.filter(({fate}) => MOVED.includes(fate)))
  return unsure && {state: unsure.state, message: [done, ...unsure.texts].join('; '), waitsFor: null}
}

/** Of whom of these nobody can tell, and why. */
export function unsureAmong(
  moved: readonly PodFate[],
): {readonly state: WhatIfEnd['state']; readonly texts: readonly string[]} | undefined {
  const first = moved.filter(({onlyIf}) => onlyIf.length === 0)
  const foreign = first.filter(isForeign)
  const unseen = first.filter((pod) => pod.returns === null && !isForeign(pod))
  const unsure = first.filter(({returns}) => returns === 'Maybe')
  const texts = [
    ...(unseen.length > 0 ? [`where ${namesOf(unseen)} could go is <unknown>${whyOf(unseen)}`] : []),
    ...(foreign.length > 0 ? [foreignText(foreign)] : []),
    ...(unsure.length > 0 ? [`${namesOf(unsure)} may find no node: ${chanceOf(unsure)}`] : []),
    ...onlyTexts(moved),
  ]
  if (texts.length === 0) return undefined
  return {state: unseen.length + foreign.length > 0 ? 'Unknown' : 'Short', texts}
}

/** To whom something is done only then. */
function onlyTexts(moved: readonly PodFate[]): readonly string[] {
  const held = moved.filter(({onlyIf}) => onlyIf.length > 0)
  const byMessage = Map.groupBy(
    held,
    ({fate, message}) => `${fate === 'Created' ? 'created' : 'replaced'} ${message}`,
  )
  return [...byMessage].map(([text, pods]) => `${namesOf(pods)} ${pods.length === 1 ? 'is' : 'are'} ${text}`)
}

const MOVED: readonly PodFate['fate'][] = ['Evicted', 'Deleted', 'Created']

function isForeign({returns, message, owner}: PodFate): boolean {
  return returns === null && owner !== null && message === upTo(owner.kind)
}

/** Its controller is none that Kubernetes has. */
function foreignText(pods: readonly PodFate[]): string {
  const owners = [...new Set(pods.map(({owner}) => `${owner?.kind} ${owner?.name}`))]
  return `whether ${namesOf(pods)} ${pods.length === 1 ? 'comes' : 'come'} back is up to ${few(owners)}`
}

function namesOf(pods: readonly PodFate[]): string {
  return few(pods.map(nameIn))
}

function whyOf(pods: readonly PodFate[]): string {
  const only = onlyMessage(pods)
  return only ? `: ${only}` : ''
}

function chanceOf(pods: readonly PodFate[]): string {
  const only = onlyMessage(pods)
  if (only === IF_EARLY) return 'one is open only while the others are still there'
  return only && only !== IF_ROOM ? only : 'not all of them fit at once'
}

function onlyMessage(pods: readonly PodFate[]): string | null {
  const [only, ...others] = new Set(pods.map(({message}) => message))
  return others.length === 0 ? (only ?? null) : null
}
