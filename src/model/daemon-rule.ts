import {isValidRequirement, meets, type Requirement} from './labels.ts'
import {identityOf, isValidField, matchesAnyTerm} from './node-selector.ts'
import {type Node, type NodeSelectorTerm, nameOf, type PodTemplate, type Taint} from './objects.ts'
import {taintText} from './taints.ts'

/** What keeps a DaemonSet's Pods off a node, in words that an operator can act on. */
export interface DaemonRule {
  readonly kind: 'NodeName' | 'NodeSelector' | 'NodeAffinity' | 'Taint'
  readonly detail: string
}

/** The template pins its Pods to another node. */
export function excludedByNodeName(template: PodTemplate | undefined, node: Node): DaemonRule | undefined {
  const wanted = template?.spec?.nodeName
  if (!wanted || wanted === nameOf(node)) return undefined
  return {kind: 'NodeName', detail: `the template names node ${wanted}`}
}

/** The node's labels do not have what nodeSelector, or any term of the required affinity, wants. */
export function excludedByAffinity(template: PodTemplate | undefined, node: Node): DaemonRule | undefined {
  const missing = Object.entries(template?.spec?.nodeSelector ?? {})
    .filter(([key, wanted]) => node.metadata?.labels?.[key] !== wanted)
    .map(([key, wanted]) => `${labelText(node, key)}, selector wants ${key}=${wanted}`)
  if (missing.length > 0) return {kind: 'NodeSelector', detail: missing.join('; ')}
  const required = template?.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const terms = required?.nodeSelectorTerms ?? []
  if (!required || matchesAnyTerm(terms, identityOf(node))) return undefined
  return {kind: 'NodeAffinity', detail: nearestTerm(terms, node)}
}

/** All of them: to remove one of two would not be enough. */
export function excludedByTaints(taints: readonly Taint[]): DaemonRule {
  const word = taints.length > 1 ? 'untolerated taints' : 'untolerated taint'
  return {kind: 'Taint', detail: `${word} ${taints.map(taintText).join(', ')}`}
}

/**
 * What a rule wants, without what the one node has instead: the same text for every node that it excludes, whatever
 * their labels say.
 */
export function ruleSummary({kind, detail}: DaemonRule): string {
  if (kind === 'NodeSelector')
    return detail.replaceAll(/(?:no label \S+|node label [^,]*), (?=selector wants )/g, '')
  if (kind !== 'NodeAffinity') return detail
  return detail.replaceAll(/(?:no label|node label|node) \S+ \((affinity term [^()]*)\)/g, '$1')
}

function labelText(node: Node, key: string): string {
  const labels = node.metadata?.labels ?? {}
  return Object.hasOwn(labels, key) ? `node label ${key}=${labels[key]}` : `no label ${key}`
}

/** Of the terms, all of which fail, the one that fails by least: it is what the author meant for this node. */
function nearestTerm(terms: readonly NodeSelectorTerm[], node: Node): string {
  const failures = terms.map((term, index) =>
    termFailures(term, node, `affinity term ${index + 1} of ${terms.length}`),
  )
  const [nearest] = failures.toSorted((left, right) => left.length - right.length)
  return nearest?.join('; ') ?? 'the required affinity has no terms, which matches no node'
}

function termFailures(term: NodeSelectorTerm, node: Node, which: string): readonly string[] {
  const expressions: readonly Requirement[] = term.matchExpressions ?? []
  const fields: readonly Requirement[] = term.matchFields ?? []
  if (expressions.length + fields.length === 0) return [`${which} is empty, which matches no node`]
  const invalid = [
    ...expressions.filter((each) => !isValidRequirement(each)),
    ...fields.filter((each) => !isValidField(each)),
  ]
  if (invalid.length > 0) return invalid.map((each) => `${which} is not valid: ${asWritten(each)}`)
  const labels = node.metadata?.labels
  const unmet = expressions
    .filter((each) => !meets(labels, each))
    .map((each) => `${labelText(node, each.key)} (${which} wants ${requirementText(each)})`)
  const name = {'metadata.name': nameOf(node)}
  const unmetFields = fields
    .filter((each) => !meets(name, each))
    .map((each) => `node ${nameOf(node)} (${which} wants ${requirementText(each)})`)
  return [...unmet, ...unmetFields]
}

const WORDS: Readonly<Record<string, string>> = {
  In: 'in',
  NotIn: 'not in',
  Exists: 'to exist',
  DoesNotExist: 'not to exist',
  Gt: '>',
  Lt: '<',
}

/** Of one that upstream does not parse: what is wrong with it shows only as it was written. */
function asWritten({key, operator, values}: Requirement): string {
  return `${key} ${operator} [${(values ?? []).join(', ')}]`
}

/** `pool in [a, b]`, `pool to exist`, `size > 3`. */
function requirementText({key, operator, values}: Requirement): string {
  const word = WORDS[operator]
  if (operator === 'Exists' || operator === 'DoesNotExist') return `${key} ${word}`
  const list = (values ?? []).join(', ')
  return operator === 'Gt' || operator === 'Lt' ? `${key} ${word} ${list}` : `${key} ${word} [${list}]`
}
