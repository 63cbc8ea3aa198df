import {type Node, nameOf} from '../../model/objects.ts'
import type {NodeEdit} from './change.ts'
import {reasonsOf} from './drain-end.ts'
import {NOT_ENDED} from './fates.ts'
import type {DaemonSetChange, PodFate, WhatIfEnd} from './report.ts'
import {unsureEnd} from './unsure-end.ts'
import {counted, few, nameIn} from './words.ts'

/** What a change of nodes comes to, the worst first. */
export function nodeChangeEnd(
  nodes: readonly Node[],
  change: NodeEdit,
  pods: readonly PodFate[],
  daemonSets: readonly DaemonSetChange[],
  volumes: readonly string[],
  seconds: readonly number[],
): WhatIfEnd {
  const lost = pods.filter(({returns}) => returns === 'No' || returns === 'Never')
  const lingering = pods.filter(({fate}) => fate === 'Terminating')
  const others = pods.filter(({owner, fate}) => owner?.kind !== 'DaemonSet' && fate !== 'Terminating')
  const leaving = daemonSets.filter(({leaves}) => leaves.length > 0)
  const joining = daemonSets.filter(({joins}) => joins.length > 0)
  const counting = daemonSets.filter(({desired}) => desired.before !== desired.after)
  const parts = [
    ...(volumes.length > 0 ? [`no node reaches ${few(volumes)} any more`] : []),
    ...(lost.length > 0
      ? [`${few(lost.map(nameIn))} ${lost.length === 1 ? 'does' : 'do'} not come back${reasonsOf(lost)}`]
      : []),
    ...(lingering.length > 0
      ? [
          `${few(lingering.map(nameIn))} ${lingering.length === 1 ? 'stays' : 'stay'} Terminating: ${whyNotEnded(lingering)}`,
        ]
      : []),
    ...(others.length > 0 ? [evictedText(others.length, seconds)] : []),
    ...(leaving.length > 0
      ? [`${few(leaving.map(nameIn))} ${leaving.length === 1 ? 'leaves' : 'leave'}`]
      : []),
    ...(joining.length > 0 ? [`${few(joining.map(nameIn))} ${joining.length === 1 ? 'comes' : 'come'}`] : []),
    ...(counting.length > 0
      ? [`${counted(counting.length, 'DaemonSet')} ${counting.length === 1 ? 'counts' : 'count'} other nodes`]
      : []),
  ]
  const where = few(nodes.map(nameOf))
  const message =
    parts.length > 0
      ? parts.join('; ')
      : `${where} ${doneText(change)}, and nothing else happens: Pods that are there stay`
  if (lost.length > 0 || volumes.length > 0) return {state: 'Short', message, waitsFor: null}
  if (lingering.length > 0) return {state: 'Stopped', message, waitsFor: null}
  return unsureEnd(message, pods) ?? {state: 'Done', message, waitsFor: null}
}

function whyNotEnded(lingering: readonly PodFate[]): string {
  const [only, ...others] = new Set(lingering.map(({message}) => message))
  return others.length === 0 ? (only ?? NOT_ENDED) : NOT_ENDED
}

/** Some tolerate a new taint for a while. */
function evictedText(count: number, seconds: readonly number[]): string {
  const longest = Math.max(0, ...seconds)
  const many = `${counted(count, 'Pod')} ${count === 1 ? 'is' : 'are'} evicted`
  if (longest === 0) return `${many} at once, whatever budgets say`
  const atOnce = seconds.filter((each) => each === 0).length
  const first = atOnce > 0 ? `${atOnce} of them at once, ` : ''
  return `${many}, ${first}${atOnce > 0 ? 'the last ' : ''}after up to ${longest} seconds (tolerationSeconds), whatever budgets say`
}

function doneText(change: NodeEdit): string {
  switch (change.action) {
    case 'cordon':
      return 'is cordoned'
    case 'taint':
      return change.edits.every(({isRemoved}) => isRemoved) ? 'loses the taint' : 'is tainted'
    case 'label':
      return change.edits.every(({value}) => value === null) ? 'loses the label' : 'is labelled'
  }
}
