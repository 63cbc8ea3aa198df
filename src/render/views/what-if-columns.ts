import type {
  DaemonSetChange,
  PodFate,
  StepChoice,
  WhatIfStep,
  WorkloadFate,
} from '../../reports/what-if/report.ts'
import type {Cell, Column, Tone} from '../view.ts'
import {none, unknown} from './cells.ts'

const RETURN_TONES: Readonly<Record<string, Tone>> = {Yes: 'ok', Maybe: 'warn', No: 'error', Never: 'error'}
const FATE_TONES: Readonly<Partial<Record<PodFate['fate'], Tone>>> = {Refused: 'error', Terminating: 'error'}
const MANY = 4

/** Who goes, and whether and where he comes back. */
export const podColumns: readonly Column<PodFate>[] = [
  {
    name: 'POD',
    description: 'Namespace and name',
    shorten: 'middle',
    cell: ({namespace, name}) => `${namespace}/${name}`,
  },
  {name: 'NODE', description: 'Where it is', shorten: 'middle', cell: ({nodeName}) => nodeName ?? none},
  {name: 'FATE', description: 'What becomes of it', cell: ({fate}) => ({text: fate, tone: FATE_TONES[fate]})},
  {name: 'BACK', description: 'Whether it, or another in its place, is at work again', cell: backCell},
  {name: 'WHERE', description: 'Nodes that could take it', wraps: true, cell: placesCell},
  {
    name: 'WHY',
    description: 'Who refuses it, or what it looks for in vain',
    wraps: true,
    cell: ({message}) => message ?? none,
  },
]

function backCell({returns, fate}: PodFate): Cell {
  if (returns === null)
    return ['Left', 'Staying', 'Refused', 'Terminating', 'Removed'].includes(fate) ? none : unknown
  return {text: returns, tone: RETURN_TONES[returns]}
}

function placesCell({nodes, hasMoreNodes}: PodFate): Cell {
  if (nodes === null) return none
  if (nodes.length === 0) return {text: 'none', tone: 'error'}
  const rest = `${hasMoreNodes ? 'more than ' : ''}${nodes.length - MANY}`
  const more = nodes.length > MANY ? ` and ${rest} more` : ''
  return {text: `${nodes.slice(0, MANY).join(' ')}${more}`}
}

/** How many a set has left meanwhile and in the end. */
export const workloadColumns: readonly Column<WorkloadFate>[] = [
  {
    name: 'WORKLOAD',
    description: 'Namespace, type and name',
    shorten: 'middle',
    cell: ({kind, namespace, name}) => `${namespace}/${kind === 'StatefulSet' ? 'sts' : 'ds'}/${name}`,
  },
  {name: 'READY', description: 'Now', cell: ({ready, desired}) => `${ready.before}/${desired}`},
  {
    name: 'LOWEST',
    description: 'At the worst moment',
    cell: ({ready, desired}) => ({
      text: `${ready.lowest}/${desired}`,
      tone: 2 * ready.lowest <= desired && desired > 1 ? 'error' : undefined,
    }),
  },
  {
    name: 'END',
    description: 'In the end: at the least, and at the most where it is chance or not known',
    cell: ({ready, desired}) => ({
      text: `${ready.end === ready.endAtMost ? '' : `${ready.end}–`}${ready.endAtMost}/${desired}`,
      tone: ready.end < desired ? 'error' : 'ok',
    }),
  },
  {
    name: 'ZONES',
    description: 'Ready Pods by zone, now and in the end',
    wraps: true,
    cell: ({zones}) =>
      zones.map(({zone, before, end}) => `${zone ?? '?'} ${before}→${end}`).join(', ') || none,
  },
  {
    name: 'WAITS FOR',
    description: 'What it would wait for in the end',
    wraps: true,
    cell: ({waitsFor}) => waitsFor ?? none,
  },
]

/** What happens, one round after the other. */
export const stepColumns: readonly Column<WhatIfStep>[] = [
  {name: 'ROUND', description: 'One after the other', cell: ({round}) => String(round)},
  {name: 'HAPPENS', description: 'What is done, side by side', wraps: true, cell: happens},
  {
    name: 'DOWN',
    description: 'Who is down meanwhile',
    wraps: true,
    cell: ({unavailable}) => someText(unavailable) || none,
  },
  {name: 'ONCE', description: 'What has to come first', wraps: true, cell: ({waitsFor}) => waitsFor ?? none},
]

function happens({actions, choices, times}: WhatIfStep): string {
  const byAction = Map.groupBy(actions, ({action, kind}) => (kind === 'Pod' ? action : `${action} claim`))
  const named = [...byAction].map(
    ([action, all]) => [action, all.map(({name, nodeName}) => name ?? `on ${nodeName}`)] as const,
  )
  const [[first, names = []] = [], [second, others = []] = []] = named
  const isSame =
    named.length === 2 &&
    second === 'Create' &&
    new Set(names).symmetricDifference(new Set(others)).size === 0
  const done = isSame
    ? [`${first} and recreate ${someText(names)}`]
    : named.map(([action, all]) => `${action} ${someText(all)}`)
  return [...done, ...choices.map((choice) => pickText(choice, times))].join('; ')
}

function pickText({action, count, from, total}: StepChoice, times: number): string {
  const names = someText(from)
  if (!total) {
    const often = times > 1 ? `, ${times} times` : ''
    return `${action} ${count} of ${from.length} at a time${often}: ${names}`
  }
  const {least, most} = total
  if (least === most && most === count)
    return `${action} ${count} of ${from.length}, nobody knows which: ${names}`
  const range = least === most ? most : `${least} to ${most}`
  return `${action} ${range} of ${from.length}, ${count} at a time at most, in an order that nobody knows: ${names}`
}

function someText(names: readonly string[]): string {
  const more = names.length > MANY + 2 ? ` and ${names.length - MANY} more` : ''
  return `${names.slice(0, more ? MANY : MANY + 2).join(' ')}${more}`
}

/** What DaemonSets would count otherwise. */
export const daemonColumns: readonly Column<DaemonSetChange>[] = [
  {
    name: 'DAEMONSET',
    description: 'Namespace and name',
    shorten: 'middle',
    cell: ({namespace, name}) => `${namespace}/${name}`,
  },
  {
    name: 'DESIRED',
    description: 'Nodes that should run it, now and then',
    cell: ({desired}) => `${desired.before}→${desired.after}`,
  },
  {
    name: 'AVAILABLE',
    description: 'Of them with an available Pod',
    cell: ({available}) => `${available.before}→${available.after}`,
  },
  {
    name: 'MISSCHEDULED',
    description: 'Nodes that should not run it and do',
    cell: ({misscheduled}) => `${misscheduled.before}→${misscheduled.after}`,
  },
  {
    name: 'COMES TO',
    description: 'Nodes that get a Pod of it',
    wraps: true,
    cell: ({joins}) => someText(joins) || none,
  },
  {
    name: 'LEAVES',
    description: 'Nodes that lose it',
    wraps: true,
    cell: ({leaves}) => someText(leaves) || none,
  },
]
