import {cleanCell} from '../model/clean.ts'
import {fieldFinder, relaxed} from './jsonpath/field-path.ts'
import {TemplateError} from './jsonpath/nodes.ts'
import {sprint} from './jsonpath/values.ts'
import {measureOf} from './rooms.ts'
import {tableLines} from './table.ts'
import type {Column} from './view.ts'
import {padded, widthOf} from './width.ts'

/** Columns that `HEADER:path,HEADER:path` stands for. @throws TemplateError in kubectl's words. */
export function columnsOfSpec(spec: string): readonly Column<object>[] {
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':')
    if (colon < 0)
      throw new TemplateError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    return columnOf(part.slice(0, colon), part.slice(colon + 1))
  })
}

const EXPECTED =
  'Expected format is one line of space separated headers, one line of space separated column specs.'

/** Columns of a file whose first line has the headers and whose second one the paths. @throws TemplateError */
export function columnsOfFile(text: string): readonly Column<object>[] {
  const [first, second] = text.replace(/\n$/, '').split('\n')
  if (!text || first === undefined)
    throw new TemplateError(`invalid template, missing header line. ${EXPECTED}`)
  if (second === undefined) throw new TemplateError(`invalid template, missing spec line. ${EXPECTED}`)
  const [headers, paths] = [words(first), words(second)]
  if (headers.length !== paths.length)
    throw new TemplateError(
      `number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    )
  return headers.map((header, index) => columnOf(header, paths[index] ?? ''))
}

function words(line: string): readonly string[] {
  return line.split(/\s+/).filter((word) => word !== '')
}

function columnOf(name: string, path: string): Column<object> {
  const find = fieldFinder(relaxed(path))
  return {name, description: path, cell: (row) => cellText(find(row))}
}

/** As kubectl, but that null is `<none>`: objects of the API have none, and in a report it means that there is nothing. */
function cellText(found: readonly (readonly unknown[])[]): string {
  const values = found.flat()
  if ((found[0] ?? []).length === 0) return ['<none>', ...values.map(valueText)].join(',')
  return values.map(valueText).join(',')
}

function valueText(value: unknown): string {
  return value === null ? '<none>' : sprint(value)
}

/** The table as a pipe gets it, on terminals too: who has named the columns wants them whole. @throws TemplateError */
export function* customColumnLines(
  columns: readonly Column<object>[],
  rows: readonly object[],
  hasHeaders: boolean,
): Generator<string> {
  if (rows.length > 0) {
    const options = {isColored: false, isWide: true, hasHeaders, hasNamespaces: true}
    yield* tableLines({columns, rows}, options)
  } else if (hasHeaders) yield columns.map(headerOf).join('')
}

function headerOf({name}: Column<object>, index: number, all: readonly Column<object>[]): string {
  const text = cleanCell(name)
  return padded(text, measureOf(widthOf(text), index === all.length - 1))
}
