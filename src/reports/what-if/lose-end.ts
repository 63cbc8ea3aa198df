import type {Lost} from '../../model/foretold/lose.ts'
import {type Node, nameOf} from '../../model/objects.ts'
import {reasonsOf} from './drain-end.ts'
import type {PodFate, WhatIfEnd, WorkloadFate} from './report.ts'
import {unsureAmong} from './unsure-end.ts'
import {counted, few, nameIn} from './words.ts'

/** What the loss of nodes comes to, whoever the Pods on them belong to: the worst first. */
export function loseEnd(
  nodes: readonly Node[],
  pods: readonly PodFate[],
  workloads: readonly WorkloadFate[],
  {volumes}: Lost,
): WhatIfEnd {
  const where = few(nodes.map(nameOf))
  const gone = pods.filter(({fate}) => fate === 'Terminating')
  const lost = gone.filter(({returns}) => returns === 'No' || returns === 'Never')
  const stopped = [
    ...weakTexts(workloads),
    ...lostTexts(lost, where),
    ...outTexts(volumes),
    ...stuckTexts(gone),
  ]
  const unsure = unsureAmong(gone)
  const message = [...stopped, ...(unsure?.texts ?? [])].join('; ')
  if (lost.length > 0) return {state: 'Short', message, waitsFor: null}
  if (stopped.length > 0) return {state: 'Stopped', message, waitsFor: null}
  if (unsure) return {state: unsure.state, message, waitsFor: null}
  return {state: 'Done', message: `no StatefulSet loses a Pod with ${where}`, waitsFor: null}
}

function weakTexts(workloads: readonly WorkloadFate[]): readonly string[] {
  const weak = workloads.filter(({desired, ready}) => 2 * ready.lowest <= desired && desired > 1)
  if (weak.length === 0) return []
  const names = few(weak.map((set) => `${nameIn(set)} (${set.ready.lowest} of ${set.desired})`))
  return [`${names} ${weak.length === 1 ? 'has' : 'have'} no majority left`]
}

/** An ordinal comes back where it was; what else there was does not. */
function lostTexts(lost: readonly PodFate[], where: string): readonly string[] {
  const [ordinals, others] = [lost.filter(isOfSet), lost.filter((pod) => !isOfSet(pod))]
  return [
    ...(ordinals.length > 0
      ? [
          `${namesOf(ordinals)} ${ordinals.length === 1 ? 'comes' : 'come'} back only with ${where}${reasonsOf(ordinals)}`,
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
  const stuck = gone.filter(isOfSet)
  if (stuck.length === 0) return []
  return [
    `${namesOf(stuck)} ${stuck.length === 1 ? 'stays' : 'stay'} Terminating until somebody says that the machine is off`,
  ]
}

function isOfSet({owner}: PodFate): boolean {
  return owner?.kind === 'StatefulSet'
}

function namesOf(pods: readonly PodFate[]): string {
  return few(pods.map(nameIn))
}
