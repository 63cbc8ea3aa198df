import {meets, type Requirement} from './labels.ts'

/** What `-l` says: all requirements must be met. */
export type LabelQuery = readonly Requirement[]

const SETS = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/
const EQUALITY = /^([^=!<>\s]+)\s*(==|!=|=|<|>)\s*(\S*)$/
const EXISTS = /^(!?)\s*([^=!<>\s()]+)$/

/**
 * Reads kubectl's selector grammar: `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1`.
 * @throws Error in kubectl's words for text that is not of it.
 */
export function parseLabelQuery(text: string): LabelQuery {
  return split(text).map(requirement)
}

/** Whether an object's labels meet every requirement; an empty query is met by all. */
export function meetsQuery(query: LabelQuery, labels: Readonly<Record<string, string>> | undefined): boolean {
  return query.every((each) => meets(labels, each))
}

function split(text: string): string[] {
  if (text.trim() === '') return []
  return text.split(/,(?![^()]*\))/).map((part) => part.trim())
}

function requirement(part: string): Requirement {
  const set = SETS.exec(part)
  if (set) {
    const [, key = '', word, list = ''] = set
    return {
      key,
      operator: word === 'in' ? 'In' : 'NotIn',
      values: list.split(',').map((value) => value.trim()),
    }
  }
  const equality = EQUALITY.exec(part)
  if (equality) return comparison(equality)
  const exists = EXISTS.exec(part)
  if (exists) return {key: exists[2] ?? '', operator: exists[1] === '!' ? 'DoesNotExist' : 'Exists'}
  throw new Error(`unable to parse requirement: found '${part}', expected: in, notin, =, ==, !=, gt, lt`)
}

const OPERATORS: Readonly<Record<string, string>> = {
  '=': 'In',
  '==': 'In',
  '!=': 'NotIn',
  '>': 'Gt',
  '<': 'Lt',
}

function comparison([, key = '', sign = '=', value = '']: RegExpExecArray): Requirement {
  return {key, operator: OPERATORS[sign] ?? 'In', values: [value]}
}
