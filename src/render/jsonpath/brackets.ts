import type {Cursor} from './cursor.ts'
import {type Bound, type Node, TemplateError} from './nodes.ts'

type ParseAction = (text: string) => readonly Node[]

/** What `[…]` means, whose first bracket is behind the cursor. */
export function bracketNodes(cursor: Cursor, parseAction: ParseAction): readonly Node[] {
  const inside = cursor.passed(() => {
    for (let character = cursor.next(); character !== ']'; character = cursor.next())
      if (character === '' || character === '\n') throw new TemplateError('unterminated array')
  })
  const text = inside === '*]' ? ':' : inside.slice(0, -1)
  const parts = text.split(',')
  if (parts.length > 1) {
    const union = parts.map((part) => parseAction(`[${part.replaceAll(/^ +| +$/g, '')}]`))
    return [{type: 'union', parts: union}]
  }
  const [, key] = /^'([^']*)'$/.exec(text) ?? []
  return key === undefined ? [{type: 'array', bounds: boundsOf(text)}] : parseAction(`.${key}`)
}

const SLICE = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/
const UNKNOWN: Bound = {value: 0, isKnown: false}

function boundsOf(text: string): readonly [Bound, Bound, Bound] {
  const match = SLICE.exec(text)
  if (!match) throw new TemplateError(`invalid array index ${text}`)
  const [, first = '', second, third] = match
  const start = boundOf(first)
  const end: Bound =
    second === undefined ? {value: start.value + 1, isKnown: true, isDerived: true} : boundOf(second.slice(1))
  return [start, end, third === undefined ? UNKNOWN : boundOf(third.slice(1))]
}

function boundOf(text: string): Bound {
  if (text === '') return UNKNOWN
  if (text === '-' || (text !== '' && !Number.isSafeInteger(Number(text))))
    throw new TemplateError(`array index ${text} is not a number`)
  return {value: Number(text), isKnown: true}
}

/** Two sides and what compares them; without it the whole is looked for. */
const COMPARISON = /^([^!<>=]+)([!<>=]+)([^\n]+?)$/

/** What `[?(…)]` means, whose beginning is behind the cursor. */
export function filterNode(cursor: Cursor, parseAction: ParseAction): Node {
  const inside = cursor.passed(() => passCondition(cursor))
  if (!cursor.takes(']')) throw new TemplateError('unclosed array expect ]')
  const text = inside.slice(0, -1)
  const [, left, operator, right] = COMPARISON.exec(text) ?? []
  if (left === undefined || operator === undefined || right === undefined)
    return {type: 'filter', left: parseAction(text), operator: 'exists', right: []}
  return {type: 'filter', left: parseAction(left), operator, right: parseAction(right)}
}

/** To the bracket that closes it: one quoted text may stand in it, with brackets of its own. */
function passCondition(cursor: Cursor): void {
  let quote = ''
  let isClosed = false
  for (;;) {
    const character = cursor.next()
    if (character === '' || character === '\n') throw new TemplateError('unterminated filter')
    if (character === ')' && (quote !== '') === isClosed) return
    if (character !== '"' && character !== "'") continue
    if (quote === '') quote = character
    else if (cursor.beforeLast() !== '\\' && character === quote) isClosed = true
  }
}
