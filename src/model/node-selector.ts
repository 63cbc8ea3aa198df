import {int64, meets, type Requirement} from './labels.ts'
import {type Node, type NodeSelectorTerm, nameOf} from './objects.ts'

type Expression = Readonly<{key: string; operator: string; values?: readonly string[]}>

/** What terms are judged against. Without a name, matchFields are not evaluated, as upstream. */
export interface NodeIdentity {
  readonly name?: string
  readonly labels?: Readonly<Record<string, string>>
}

/** The identity of a Node object that Pods are scheduled to. */
export function identityOf(node: Node): NodeIdentity {
  return {name: nameOf(node), labels: node.metadata?.labels ?? {}}
}

/**
 * Terms are alternatives; an empty list matches no node, and so does a term that is empty or does not parse.
 * Mirrors component-helpers nodeaffinity.NewLazyErrorNodeSelector (1.37).
 */
export function matchesAnyTerm(terms: readonly NodeSelectorTerm[], node: NodeIdentity): boolean {
  return terms.some((term) => matchesTerm(term, node))
}

/** Whether one term matches: all its expressions on labels and all its fields. */
export function matchesTerm(term: NodeSelectorTerm, node: NodeIdentity): boolean {
  const expressions: readonly Expression[] = term.matchExpressions ?? []
  const fields: readonly Expression[] = term.matchFields ?? []
  if (expressions.length === 0 && fields.length === 0) return false
  if (!expressions.every(isValidExpression) || !fields.every(isValidField)) return false
  return (
    expressions.every((expression) => meets(node.labels, expression)) &&
    (node.name === undefined || fields.every((field) => matchesField(field, node.name ?? '')))
  )
}

function matchesField({key, operator, values = []}: Expression, nodeName: string): boolean {
  const actual = key === 'metadata.name' ? nodeName : ''
  return (operator === 'In') === (values[0] === actual)
}

function isValidField({operator, values = []}: Expression): boolean {
  return (operator === 'In' || operator === 'NotIn') && values.length === 1
}

/** Mirrors apimachinery labels.NewRequirement: what it refuses makes its whole term match nothing. */
export function isValidExpression({key, operator, values = []}: Requirement): boolean {
  return isLabelKey(key) && values.every(isLabelValue) && isValidCount(operator, values)
}

function isValidCount(operator: string, values: readonly string[]): boolean {
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0
    case 'Gt':
    case 'Lt':
      return values.length === 1 && int64(values[0]) !== undefined
    default:
      return false
  }
}

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/

function isLabelKey(key: string): boolean {
  const parts = key.split('/')
  const name = parts.pop() ?? ''
  const [prefix] = parts
  if (parts.length > 1 || name.length > 63 || !NAME.test(name)) return false
  return prefix === undefined || (prefix.length <= 253 && DNS_SUBDOMAIN.test(prefix))
}

function isLabelValue(value: string): boolean {
  return value === '' || (value.length <= 63 && NAME.test(value))
}
