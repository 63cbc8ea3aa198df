import {NONE, UNKNOWN} from '../human.ts'
import type {Cell} from '../view.ts'

/** There is nothing. */
export const none: Cell = {text: NONE, tone: 'muted'}
/** There may be something, and it was not seen. */
export const unknown: Cell = {text: UNKNOWN, tone: 'muted'}

/** A node as far as a report knows it; null where it was not seen. */
interface NamedNode {
  readonly name: string
  readonly ready: boolean | null
  readonly schedulable: boolean | null
}

/** A node by its name, with the worst that is to be said of it. */
export function nodeCell({name, ready, schedulable}: NamedNode, isGone: boolean): Cell {
  if (isGone) return {text: `${name} (deleted)`, tone: 'error'}
  if (ready === false) return {text: `${name} (NotReady)`, tone: 'error'}
  return schedulable === false ? {text: `${name} (cordoned)`, tone: 'warn'} : {text: name}
}
