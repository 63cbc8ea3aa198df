import {compares} from './comparing.ts'
import {type Filter, type Node, TemplateError} from './nodes.ts'
import {entriesOf, isObject, sprint, typeName} from './values.ts'

type Values = readonly unknown[]

/** What is found on the way from these values; `range` and `end` are not on it. @throws TemplateError */
export function walk(values: Values, node: Exclude<Node, {type: 'identifier'}>): Values {
  switch (node.type) {
    case 'list':
      return walkAll(values, node.nodes)
    case 'text':
      return [node.text]
    case 'constant':
      return values.map(() => node.value)
    case 'field':
      return values.flatMap((value) => fieldOf(value, node.name))
    case 'array':
      return values.flatMap((value) => slice(value, node.bounds))
    case 'union':
      return node.parts.flatMap((part) => walkAll(values, part))
    case 'wildcard':
      return values.flatMap(partsOf)
    case 'recursive':
      return values.flatMap(allOf)
    case 'filter':
      return values.flatMap((value) => filtered(value, node))
  }
}

/** One step after the other; where there is a loop, its caller is asked about `range` and `end`. */
export function walkAll(
  values: Values,
  nodes: readonly Node[],
  loop: (name: string, values: Values) => Values = unrecognized,
): Values {
  return nodes.reduce<Values>(
    (found, node) => (node.type === 'identifier' ? loop(node.name, found) : walk(found, node)),
    values,
  )
}

function unrecognized(name: string): never {
  throw new TemplateError(`unrecognized identifier ${name}`)
}

function fieldOf(value: unknown, name: string): Values {
  if (!isObject(value) || !Object.hasOwn(value, name)) return []
  const part = (value as Readonly<Record<string, unknown>>)[name]
  return part === undefined ? [] : [part]
}

/** A text falls apart into its bytes, as it does for kubectl. */
function partsOf(value: unknown): Values {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return [...new TextEncoder().encode(value)]
  return isObject(value) ? entriesOf(value).map(([, part]) => part) : []
}

/** It and all that is in it; only what has parts itself, such as a text that is not empty. */
function allOf(value: unknown): Values {
  const parts = partsOf(value)
  return parts.length === 0 ? [] : [value, ...(typeof value === 'string' ? [] : parts.flatMap(allOf))]
}

function slice(value: unknown, [first, second, third]: Extract<Node, {type: 'array'}>['bounds']): Values {
  if (value === null || value === undefined) return []
  if (!Array.isArray(value)) throw new TemplateError(`${typeName(value)} is not array or slice`)
  const {length} = value
  const start = first.value < 0 ? first.value + length : first.value
  const given = second.isKnown ? second.value : length
  const end = given < 0 || (given === 0 && second.isDerived) ? given + length : given
  if (start === end) return []
  if (start >= length || start < 0) throw outOf(start, length)
  if (end > length || end < 0) throw outOf(end - 1, length)
  if (start > end) throw new TemplateError(`starting index ${start} is greater than ending index ${end}`)
  if (third.isKnown && third.value <= 0) throw new TemplateError('step must be > 0')
  const step = third.isKnown ? third.value : 1
  return value.slice(start, end).filter((_, index) => index % step === 0)
}

function outOf(index: number, length: number): TemplateError {
  return new TemplateError(`array index out of bounds: index ${index}, length ${length}`)
}

function filtered(value: unknown, filter: Filter): Values {
  if (!Array.isArray(value))
    throw new TemplateError(`${sprint(value)} is not array or slice and cannot be filtered`)
  return value.filter((item) =>
    filter.operator === 'exists' ? exists(item, filter.left) : passes(item, filter),
  )
}

/** For kubectl a path that fails has been found as far as it went. */
function exists(item: unknown, nodes: readonly Node[]): boolean {
  let found: Values = [item]
  try {
    for (const node of nodes) found = walkAll(found, [node])
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
  }
  return found.length > 0
}

function passes(item: unknown, {left, operator, right}: Filter): boolean {
  const [lefts, rights] = [() => oneOf(item, left), () => oneOf(item, right)]
  const first = lefts()
  if (first.length === 0) return false
  const second = rights()
  return second.length > 0 && compares(operator, first[0], second[0])
}

function oneOf(item: unknown, nodes: readonly Node[]): Values {
  const found = walkAll([item], nodes)
  if (found.length > 1) throw new TemplateError('can only compare one element at a time')
  return found
}
