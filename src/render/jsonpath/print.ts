import {findAll} from './find.ts'
import type {Node} from './nodes.ts'
import {goJson, plainText} from './values.ts'

const INDENT = '    '

/** What `-o jsonpath` prints, in pieces that follow each other without line ends. @throws TemplateError */
export function* jsonPathPieces(template: readonly Node[], report: object): Generator<string> {
  for (const {values, isLiteral} of findAll(template, report))
    yield isLiteral ? values.join(' ') : values.map(plainText).join(' ')
}

/** What `-o jsonpath-as-json` prints: of each part of the template a list. @throws TemplateError */
export function* jsonPathLists(template: readonly Node[], report: object): Generator<string> {
  for (const {values} of findAll(template, report)) yield `${goJson(values, INDENT)}\n`
}
