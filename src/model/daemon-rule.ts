import {isValidRequirement, meets, type Requirement} from './labels.ts'
import {identityOf, isValidField, matchesAnyTerm} from './node-selector.ts'
import {type Node, type NodeSelectorTerm, nameOf, type PodTemplate, type Taint} from './objects.ts'

/** What is wanted of a node, and the value that the node has instead; undefined where it has none. */
export interface Unmet {
  readonly wanted: Requirement
  readonly has: string | undefined
}

/** A term of the required affinity that a node does not match; one that wants nothing matches none. */
export interface FailedTerm {
  /** From 0. */
  readonly index: number
  /** What upstream does not parse. */
  readonly invalid: readonly Requirement[]
  readonly unmet: readonly (Unmet & {readonly isField: boolean})[]
}

/** What keeps a DaemonSet's Pods off a node. */
export type DaemonRule =
  | {readonly kind: 'NodeName'; readonly wanted: string}
  | {readonly kind: 'NodeSelector'; readonly unmet: readonly Unmet[]}
  | {
      readonly kind: 'NodeAffinity'
      readonly terms: number
      /** Of the terms, all of which fail, the one that fails by least: it is what the author meant for this node. */
      readonly nearest: FailedTerm | undefined
    }
  | {readonly kind: 'Taint'; readonly taints: readonly Taint[]}

/** The template pins its Pods to another node. */
export function excludedByNodeName(template: PodTemplate | undefined, node: Node): DaemonRule | undefined {
  const wanted = template?.spec?.nodeName
  return !wanted || wanted === nameOf(node) ? undefined : {kind: 'NodeName', wanted}
}

/** The node's labels do not have what nodeSelector, or any term of the required affinity, wants. */
export function excludedByAffinity(template: PodTemplate | undefined, node: Node): DaemonRule | undefined {
  const unmet = Object.entries(template?.spec?.nodeSelector ?? {})
    .filter(([key, wanted]) => node.metadata?.labels?.[key] !== wanted)
    .map(([key, wanted]) => ({wanted: {key, operator: '=', values: [wanted]}, has: labelOf(node, key)}))
  if (unmet.length > 0) return {kind: 'NodeSelector', unmet}
  const required = template?.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const terms = required?.nodeSelectorTerms ?? []
  if (!required || matchesAnyTerm(terms, identityOf(node))) return undefined
  const failures = terms.map((term, index) => failure(term, index, node))
  const [nearest] = failures.toSorted((left, right) => sizeOf(left) - sizeOf(right))
  return {kind: 'NodeAffinity', terms: terms.length, nearest}
}

function labelOf(node: Node, key: string): string | undefined {
  const labels = node.metadata?.labels ?? {}
  return Object.hasOwn(labels, key) ? labels[key] : undefined
}

function sizeOf({invalid, unmet}: FailedTerm): number {
  return invalid.length || unmet.length || 1
}

function failure(term: NodeSelectorTerm, index: number, node: Node): FailedTerm {
  const expressions: readonly Requirement[] = term.matchExpressions ?? []
  const fields: readonly Requirement[] = term.matchFields ?? []
  const invalid = [
    ...expressions.filter((each) => !isValidRequirement(each)),
    ...fields.filter((each) => !isValidField(each)),
  ]
  if (invalid.length > 0) return {index, invalid, unmet: []}
  const name = {'metadata.name': nameOf(node)}
  const labels = expressions
    .filter((each) => !meets(node.metadata?.labels, each))
    .map((wanted) => ({wanted, has: labelOf(node, wanted.key), isField: false}))
  const unmetFields = fields
    .filter((each) => !meets(name, each))
    .map((wanted) => ({wanted, has: nameOf(node), isField: true}))
  return {index, invalid, unmet: [...labels, ...unmetFields]}
}
