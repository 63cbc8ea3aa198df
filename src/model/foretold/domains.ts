import {matchesRequiredAffinity} from '../node.ts'
import {type Node, nameOf, type Pod} from '../objects.ts'
import {selectedBy} from '../placement.ts'
import {untoleratedTaints} from '../taints.ts'
import {type SpreadConstraint, spreadConstraints} from './spread-constraints.ts'
import type {Stage} from './stage.ts'
import type {Domains} from './tally.ts'

/** All that decides which nodes count for a rule, the same text for the same. */
export function domainsKey(rule: SpreadConstraint, pod: Pod): string {
  const {nodeSelector, affinity, tolerations} = pod.spec ?? {}
  return JSON.stringify([
    rule.topologyKey,
    spreadConstraints(pod).map(({topologyKey}) => topologyKey),
    isFitting(rule) && [nodeSelector, affinity?.nodeAffinity],
    isUntainted(rule) && tolerations,
  ])
}

export function domainsOf(rule: SpreadConstraint, pod: Pod, stage: Stage): Domains {
  const key = domainsKey(rule, pod)
  const known = stage.domains.get(key)
  if (known) return known
  const template = pod.spec && {spec: pod.spec}
  const {relations} = stage
  const near = isFitting(rule) ? selectedBy(template, relations) : relations.snapshot.nodes
  const of = new Map(
    near
      .filter((node) => isInDomain(node, rule, pod, stage))
      .map((node) => [nameOf(node), labelOf(node, rule.topologyKey) ?? '']),
  )
  const domains = {of, all: new Set(of.values())}
  stage.domains.set(key, domains)
  return domains
}

function isInDomain(node: Node, rule: SpreadConstraint, pod: Pod, {isClosed}: Stage): boolean {
  if (spreadConstraints(pod).some(({topologyKey}) => labelOf(node, topologyKey) === undefined)) return false
  if (isFitting(rule) && !matchesRequiredAffinity(node, pod.spec && {spec: pod.spec})) return false
  const tolerations = pod.spec?.tolerations ?? []
  return !isUntainted(rule) || (!isClosed(node, pod) && untoleratedTaints(node, tolerations).length === 0)
}

export function labelOf({metadata}: Node, key: string): string | undefined {
  return metadata?.labels?.[key]
}

function isFitting({nodeAffinityPolicy}: SpreadConstraint): boolean {
  return nodeAffinityPolicy !== 'Ignore'
}

function isUntainted({nodeTaintsPolicy}: SpreadConstraint): boolean {
  return nodeTaintsPolicy === 'Honor'
}
