import type {Chance, Course} from '../../model/foretold/course.ts'
import type {DaemonWorld} from '../../model/foretold/daemon-world.ts'
import {type DaemonSet, nameOf, type Pod} from '../../model/objects.ts'
import type {WhatIfEnd} from './report.ts'
import {counted, few} from './words.ts'

/** How far the update of a DaemonSet comes, and what it waits for then. */
export function daemonUpdateEnd(
  {pods, hash}: DaemonWorld,
  {waitsFor, pods: after, chance}: Course<DaemonSet>,
  cramped: string,
): WhatIfEnd {
  const isOld = ({metadata}: Pod) => metadata?.labels?.['controller-revision-hash'] !== hash
  const old = after.filter(isOld)
  const most = pods.filter(isOld).length - old.length
  const {fewer = 0} = chance ?? {}
  const text = `${rangeOf(most - fewer, most)} ${most === 1 && fewer === 0 ? 'is' : 'are'} replaced`
  if (!waitsFor) return {state: 'Done', message: text, waitsFor: null}
  const order = fewer > 0 ? ', in an order that nobody knows' : ''
  return {
    state: 'Stopped',
    message: `${text}${order}; then it waits for ${waitsFor.message}${cramped}${restOf(old, chance)}`,
    waitsFor,
  }
}

/** Who keeps the old revision, as far as that is known. */
function restOf(old: readonly Pod[], {fewer = 0, isOpen = false}: Partial<Chance> = {}): string {
  const most = old.length + fewer
  if (most === 0) return ''
  const stay = `of the old revision ${most === 1 ? 'stays' : 'stay'}`
  if (old.length === 0) return `; up to ${counted(most, 'Pod')} ${stay}`
  return `; ${rangeOf(old.length, most)} ${stay}${isOpen ? '' : `: ${few(old.map(nameOf))}`}`
}

/** `1 Pod`, `1 to 4 Pods`. */
function rangeOf(least: number, most: number): string {
  return least === most ? counted(most, 'Pod') : `${least} to ${counted(most, 'Pod')}`
}
