import {findAll} from './find.ts'
import {type Node, TemplateError} from './nodes.ts'
import {parseTemplate} from './parse.ts'

const RELAXED = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/

/** A path to a field as people write it, without dot or braces, as a template has it. @throws TemplateError */
export function relaxed(path: string): string {
  if (path === '') return path
  const [, braced, plain] = RELAXED.exec(path) ?? []
  const field = braced ?? plain
  if (field !== undefined) return `{.${field}}`
  throw new TemplateError(
    "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
  )
}

/** What such a path finds in a row; the first values are those that kubectl looks at. */
export function fieldFinder(path: string): (row: object) => readonly (readonly unknown[])[] {
  const template: readonly Node[] = parseTemplate(path)
  return (row) => findAll(template, row).map(({values}) => values)
}
