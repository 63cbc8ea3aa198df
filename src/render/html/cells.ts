import {cellOf} from '../rows.ts'
import type {Cell, Column, Tone} from '../view.ts'
import {EMPTY, html, type Markup} from './markup.ts'

/** Tones that a picture has a shape for. */
export type Shade = 'ok' | 'warn' | 'error' | 'muted'

const RANK: readonly (Shade | undefined)[] = [undefined, 'ok', 'muted', 'warn', 'error']

/** The worst of them. */
export function worstOf(shades: readonly (Shade | undefined)[]): Shade | undefined {
  return RANK[Math.max(0, ...shades.map((shade) => RANK.indexOf(shade)))]
}

/** Undefined for a tone that only stresses. */
export function shadeOf(tone: Tone | undefined): Shade | undefined {
  return tone === 'strong' || tone === 'command' ? undefined : tone
}

/** Cells of the columns of a table by their names, in the same words. */
export function cellsBy<Row, Name extends string>(
  columns: readonly Column<Row>[],
  names: readonly Name[],
): (row: Row) => Readonly<Record<Name, Cell>> {
  const found = names.map((name) => [name, columns.find((column) => column.name === name)] as const)
  return (row) =>
    Object.fromEntries(
      found.map(([name, column]) => [name, column ? cellOf(column, row) : {text: ''}]),
    ) as Readonly<Record<Name, Cell>>
}

/** ` class="…"`, or nothing. */
export function classOf(shade: Shade | undefined): Markup {
  return shade ? html` class="${shade}"` : EMPTY
}
