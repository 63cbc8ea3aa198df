import type {Lost} from '../../model/foretold/lose.ts'
import {isSaidOff} from '../../model/node.ts'
import {keyOf, type Node, nameOf, namespaceOf} from '../../model/objects.ts'
import {reasonsOf} from './drain-end.ts'
import type {PodFate, WhatIfEnd, WorkloadFate} from './report.ts'
import {unsureAmong} from './unsure-end.ts'
import {counted, few, nameIn} from './words.ts'

/** What the loss of nodes comes to, whoever the Pods on them belong to: the worst first. */
export function loseEnd(
  nodes: readonly Node[],
  pods: readonly PodFate[],
  workloads: readonly WorkloadFate[],
  {volumes, down, holding}: Lost,
): WhatIfEnd {
  const where = few(nodes.map(nameOf))
  const still = new Set(down.map(keyOf))
  const isDown = ({fate, namespace, name}: PodFate) =>
    fate === 'Staying' && still.has(keyOf({metadata: {namespace, name}}))
  const gone = pods.filter((pod) => pod.fate === 'Terminating' || isDown(pod))
  const off = new Set<string | null | undefined>(nodes.filter(isSaidOff).map(nameOf))
  const isAwaited = ({nodeName}: PodFate) => !off.has(nodeName)
  const lost = gone.filter(({returns}) => returns === 'No' || returns === 'Never')
  const stopped = [
    ...weakTexts(workloads),
    ...lostTexts(lost, where),
    ...outTexts(volumes),
    ...stuckTexts(gone.filter(isAwaited)),
    ...heldTexts(holding.filter(({spec}) => !off.has(spec?.nodeName))),
  ]
  const unsure = unsureAmong(gone)
  const message = [...stopped, ...(unsure?.texts ?? [])].join('; ')
  if (lost.length > 0) return {state: 'Short', message, waitsFor: null}
  if (stopped.length > 0) return {state: 'Stopped', message, waitsFor: null}
  if (unsure) return {state: unsure.state, message, waitsFor: null}
  return {state: 'Done', message: doneText(gone.filter(isOfSet), where), waitsFor: null}
}

function doneText(ordinals: readonly PodFate[], where: string): string {
  if (ordinals.length === 0) return `no StatefulSet loses a Pod with ${where}`
  const come = ordinals.length === 1 ? 'comes' : 'come'
  return `${namesOf(ordinals)} ${come} back elsewhere by ${ordinals.length === 1 ? 'itself' : 'themselves'}, as ${where} is said to be off`
}

function weakTexts(workloads: readonly WorkloadFate[]): readonly string[] {
  const weak = workloads.filter(({desired, ready}) => 2 * ready.lowest <= desired && desired > 1)
  if (weak.length === 0) return []
  const names = few(weak.map((set) => `${nameIn(set)} (${set.ready.lowest} of ${set.desired})`))
  return [`${names} ${weak.length === 1 ? 'has' : 'have'} no majority left`]
}

/** An ordinal, and whoever stays, comes back where it was; what else there was does not. */
function lostTexts(lost: readonly PodFate[], where: string): readonly string[] {
  const isThere = (pod: PodFate) => isOfSet(pod) || pod.fate === 'Staying'
  const [those, others] = [lost.filter(isThere), lost.filter((pod) => !isThere(pod))]
  return [
    ...(those.length > 0
      ? [
          `${namesOf(those)} ${those.length === 1 ? 'comes' : 'come'} back only with ${where}${reasonsOf(those)}`,
        ]
      : []),
    ...(others.length > 0
      ? [`${namesOf(others)} ${others.length === 1 ? 'does' : 'do'} not come back${reasonsOf(others)}`]
      : []),
  ]
}

function outTexts(volumes: Lost['volumes']): readonly string[] {
  return volumes.length > 0 ? [`${counted(volumes.length, 'volume')} out of reach`] : []
}

function stuckTexts(gone: readonly PodFate[]): readonly string[] {
  const stuck = gone.filter((pod) => pod.fate === 'Terminating' && isOfSet(pod))
  const staying = gone.filter(({fate, returns}) => fate === 'Staying' && returns !== 'No')
  return [
    ...(stuck.length > 0
      ? [`${namesOf(stuck)} ${stuck.length === 1 ? 'stays' : 'stay'} Terminating ${UNTIL_OFF}`]
      : []),
    ...(staying.length > 0
      ? [
          `${namesOf(staying)} ${staying.length === 1 ? 'stays and is' : 'stay and are'} not ready ${UNTIL_OFF}`,
        ]
      : []),
  ]
}

function heldTexts(holding: Lost['holding']): readonly string[] {
  if (holding.length === 0) return []
  const names = few(holding.map((pod) => `${namespaceOf(pod)}/${nameOf(pod)}`))
  return [
    `${names} ${holding.length === 1 ? 'keeps its volume' : 'keep their volumes'} attached, and whoever comes in ${holding.length === 1 ? 'its' : 'their'} place waits ${UNTIL_OFF}`,
  ]
}

const UNTIL_OFF = 'until somebody says that the machine is off'

function isOfSet({owner}: PodFate): boolean {
  return owner?.kind === 'StatefulSet'
}

function namesOf(pods: readonly PodFate[]): string {
  return few(pods.map(nameIn))
}
