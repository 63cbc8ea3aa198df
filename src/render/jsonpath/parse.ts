import {bracketNodes, filterNode} from './brackets.ts'
import {type Cursor, createCursor} from './cursor.ts'
import {Fraction, type Node, TemplateError} from './nodes.ts'
import {quotedText} from './quoted.ts'

/** Template in kubectl's dialect of JSONPath: mirrors the parser of client-go's util/jsonpath (1.37). @throws TemplateError */
export function parseTemplate(text: string): readonly Node[] {
  const cursor = createCursor(text)
  const nodes: Node[] = []
  for (;;) {
    const literal = cursor.until('{')
    if (literal !== '') nodes.push({type: 'text', text: literal})
    if (!cursor.takes('{')) return nodes
    nodes.push({type: 'list', nodes: actionNodes(cursor)})
  }
}

/** What stands in braces. */
function parseAction(text: string): readonly Node[] {
  const [first] = parseTemplate(`{${text}}`)
  return first?.type === 'list' ? first.nodes : []
}

function actionNodes(cursor: Cursor): readonly Node[] {
  const nodes: Node[] = []
  while (!cursor.takes('}')) {
    if (cursor.takes('[?(')) nodes.push(filterNode(cursor, parseAction))
    else if (cursor.takes('..')) nodes.push(...descent(cursor, nodes.at(-1)))
    else nodes.push(...nodesAt(cursor))
  }
  return nodes
}

function descent(cursor: Cursor, before: Node | undefined): readonly Node[] {
  if (before?.type === 'recursive') throw new TemplateError('invalid multiple recursive descent')
  return [{type: 'recursive'}, ...(isWord(cursor.peek()) ? [fieldNode(cursor)] : [])]
}

function nodesAt(cursor: Cursor): readonly Node[] {
  const first = cursor.peek()
  if (/^(?:[-+]|\p{Nd})$/u.test(first)) return [numberNode(cursor)]
  if (isWord(first)) return [wordNode(cursor)]
  switch (cursor.next()) {
    case '':
    case '\r':
    case '\n':
      throw new TemplateError('unclosed action')
    case ' ':
    case '@':
    case '$':
      return []
    case '[':
      return bracketNodes(cursor, parseAction)
    case '"':
    case "'":
      return [{type: 'text', text: quotedText(cursor, first)}]
    case '.':
      return [fieldNode(cursor)]
    default:
      throw new TemplateError(`unrecognized character in action: ${named(first)}`)
  }
}

function isWord(character: string): boolean {
  return /^[_\p{L}\p{Nd}]$/u.test(character)
}

/** Where a name ends. */
const TERMINATORS = new Set(['', ' ', '\t', '\r', '\n', '.', ',', '[', ']', '$', '@', '{', '}'])

function fieldNode(cursor: Cursor): Node {
  const text = cursor.passed(() => {
    while (!TERMINATORS.has(cursor.peek())) if (cursor.next() === '\\') cursor.next()
  })
  return text === '*' ? {type: 'wildcard'} : {type: 'field', name: text.replaceAll('\\', '')}
}

function wordNode(cursor: Cursor): Node {
  const name = cursor.passed(() => {
    while (!TERMINATORS.has(cursor.peek())) cursor.next()
  })
  if (name === 'true' || name === 'false') return {type: 'constant', value: name === 'true'}
  return {type: 'identifier', name}
}

function numberNode(cursor: Cursor): Node {
  const text = cursor.passed(() => {
    cursor.next()
    while (/^(?:\.|\p{Nd})$/u.test(cursor.peek())) cursor.next()
  })
  if (/^[-+]?\d+$/.test(text)) return {type: 'constant', value: Number(text)}
  if (!/^[-+]?\d+\.\d*$/.test(text)) throw new TemplateError(`cannot parse number ${text}`)
  return {type: 'constant', value: new Fraction(Number(text))}
}

/** A character as Go's `%#U` has it. */
function named(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character) ? `U+${code} '${character}'` : `U+${code}`
}
