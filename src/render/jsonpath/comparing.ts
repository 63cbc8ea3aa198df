import {Fraction, TemplateError} from './nodes.ts'
import {compareTexts} from './values.ts'

type Kind = 'bool' | 'int' | 'float' | 'string'

function kindOf(value: unknown): Kind {
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'string'
  if (value instanceof Fraction) return 'float'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  throw new TemplateError('invalid type for comparison')
}

/** Whether a filter lets it pass, as client-go compares (third_party/forked/golang/template). @throws TemplateError */
export function compares(operator: string, left: unknown, right: unknown): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right)
    case '!=':
      return !isEqual(left, right)
    case '<':
      return isLess(left, right)
    case '<=':
      return isLess(left, right) || isEqual(left, right)
    case '>':
      return !(isLess(left, right) || isEqual(left, right))
    case '>=':
      return !isLess(left, right)
    default:
      throw new TemplateError(`unrecognized filter operator ${operator}`)
  }
}

function isEqual(left: unknown, right: unknown): boolean {
  sameKind(left, right)
  return bare(left) === bare(right)
}

function isLess(left: unknown, right: unknown): boolean {
  const kind = sameKind(left, right)
  if (kind === 'bool') throw new TemplateError('invalid type for comparison')
  if (kind === 'string') return compareTexts(String(left), String(right)) < 0
  return Number(bare(left)) < Number(bare(right))
}

function sameKind(left: unknown, right: unknown): Kind {
  const [kind, other] = [kindOf(left), kindOf(right)]
  if (kind !== other) throw new TemplateError('incompatible types for comparison')
  return kind
}

function bare(value: unknown): unknown {
  return value instanceof Fraction ? value.value : value
}
