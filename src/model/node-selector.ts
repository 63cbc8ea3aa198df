import {isValidRequirement, meets, type Requirement} from './labels.ts'
import {type Node, type NodeSelectorTerm, nameOf} from './objects.ts'

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
  const expressions: readonly Requirement[] = term.matchExpressions ?? []
  const fields: readonly Requirement[] = term.matchFields ?? []
  if (expressions.length === 0 && fields.length === 0) return false
  if (!expressions.every(isValidRequirement) || !fields.every(isValidField)) return false
  return (
    expressions.every((expression) => meets(node.labels, expression)) &&
    (!node.name || fields.every((field) => matchesField(field, node.name ?? '')))
  )
}

function matchesField({key, operator, values}: Requirement, nodeName: string): boolean {
  const actual = key === 'metadata.name' ? nodeName : ''
  return (operator === 'In') === (values?.[0] === actual)
}

/** matchFields take `In` and `NotIn` with exactly one value; what differs makes its term match nothing. */
export function isValidField({operator, values}: Requirement): boolean {
  return (operator === 'In' || operator === 'NotIn') && values?.length === 1
}
