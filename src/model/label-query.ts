import {isValidRequirement, meets, type Requirement} from './labels.ts'
import type {LabelSelector} from './objects.ts'

/** What `-l` says: all requirements must be met. */
export type LabelQuery = readonly Requirement[]

const TOKEN = /==|!=|[=!<>(),]|[^\s=!<>(),]+/g
const OPERATORS: Readonly<Record<string, string>> = {
  in: 'In',
  notin: 'NotIn',
  '=': 'In',
  '==': 'In',
  '!=': 'NotIn',
  '>': 'Gt',
  '<': 'Lt',
}

/**
 * Reads kubectl's selector grammar: `a=b,c!=d,e in (f,g),h notin (i),j,!k,l>1`. Mirrors apimachinery
 * labels.Parse (1.37).
 * @throws Error in kubectl's words for text that is not of it.
 */
export function parseLabelQuery(text: string): LabelQuery {
  const tokens: string[] = text.match(TOKEN) ?? []
  const requirements: Requirement[] = []
  if (tokens.length > 0 && !opensRequirement(tokens[0]))
    throw refusal(tokens[0], "!, identifier, or 'end of string'")
  while (tokens.length > 0) {
    requirements.push(requirement(tokens))
    const comma = tokens.shift()
    if (comma === undefined) break
    if (comma !== ',') throw refusal(comma, "',' or 'end of string'")
    if (!opensRequirement(tokens[0])) throw refusal(tokens[0], "identifier after ','")
  }
  return requirements
}

/** Whether an object's labels meet every requirement; an empty query is met by all. */
export function meetsQuery(query: LabelQuery, labels: Readonly<Record<string, string>> | undefined): boolean {
  return query.every((each) => meets(labels, each))
}

function requirement(tokens: string[]): Requirement {
  const isNegated = tokens[0] === '!'
  if (isNegated) tokens.shift()
  const key = identifier(tokens)
  if (isNegated) return valid({key, operator: 'DoesNotExist'})
  if (isEnd(tokens[0])) return valid({key, operator: 'Exists'})
  const sign = tokens.shift() ?? ''
  const operator = Object.hasOwn(OPERATORS, sign) ? OPERATORS[sign] : undefined
  if (operator === undefined) throw refusal(sign, 'in, notin, =, ==, !=, gt, lt', true)
  const isSet = sign === 'in' || sign === 'notin'
  return valid({key, operator, values: isSet ? valuesOf(tokens) : [value(tokens)]})
}

function value(tokens: string[]): string {
  return isEnd(tokens[0]) ? '' : identifier(tokens)
}

/** `(a,b)`; between commas and brackets there may be nothing, which is the empty value. */
function valuesOf(tokens: string[]): readonly string[] {
  const values: string[] = []
  const open = tokens.shift()
  if (open !== '(') throw refusal(open, "'('", true)
  for (let next: string | undefined = ','; next !== ')'; next = tokens.shift()) {
    if (next !== ',') throw refusal(next, "',' or ')'", true)
    values.push(isIdentifier(tokens[0]) ? (tokens.shift() ?? '') : '')
  }
  return values
}

function identifier(tokens: string[]): string {
  const token = tokens.shift()
  if (token === undefined || !isIdentifier(token)) throw refusal(token, 'identifier', true)
  return token
}

function valid(requirement: Requirement): Requirement {
  if (isValidRequirement(requirement)) return requirement
  const text = [requirement.key, ...(requirement.values ?? [])].map((each) => JSON.stringify(each)).join(', ')
  throw new Error(`unable to parse requirement: invalid label key or value: ${text}`)
}

function opensRequirement(token: string | undefined): boolean {
  return token === '!' || isIdentifier(token)
}

function isIdentifier(token: string | undefined): boolean {
  return token !== undefined && !/^[=!<>(),]/.test(token)
}

function isEnd(token: string | undefined): boolean {
  return token === undefined || token === ','
}

function refusal(found: string | undefined, expected: string, isWithin = false): Error {
  const where = isWithin ? 'unable to parse requirement: ' : ''
  return new Error(`${where}found '${found ?? ''}', expected: ${expected}`)
}

/**
 * A set's selector as `-l` has it; undefined where it selects nothing, or everything, which no query says.
 */
export function queryOf(selector: LabelSelector | undefined): string | undefined {
  const pairs = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`)
  const terms = (selector?.matchExpressions ?? []).map(termOf)
  return pairs.length + terms.length > 0 ? [...pairs, ...terms].join(',') : undefined
}

function termOf({key, operator, values = []}: Requirement): string {
  if (operator === 'Exists') return key
  if (operator === 'DoesNotExist') return `!${key}`
  return `${key} ${operator === 'NotIn' ? 'notin' : 'in'} (${values.join(',')})`
}
