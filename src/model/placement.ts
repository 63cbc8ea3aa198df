import {isOnlyCordoned, matchesRequiredAffinity, refusal} from './node.ts'
import {type Node, nameOf, type PersistentVolume, type PodTemplate} from './objects.ts'
import type {Relations} from './relations.ts'
import {reaches, zoneLabelsOf} from './volume.ts'

/** What a Pod asks of its node, room and ports apart. */
export interface Wish {
  /** That its node has to reach. */
  readonly volumes: readonly PersistentVolume[]
  /** Nodes that were chosen for its claims. */
  readonly selected: readonly string[]
  readonly template: PodTemplate | undefined
}

/**
 * Nodes of the snapshot, in its order, judged by a wish. All Pods that wish for the same share one: what is worked out for
 * one of its lists (`relations.once`) holds for all of them.
 */
export interface Placement {
  /** They reach the volumes, and were chosen where one was. */
  readonly allowed: readonly Node[]
  /** Of these, those that selector and required affinity want. */
  readonly fitting: readonly Node[]
  /** Of these, those that nothing refuses. */
  readonly open: readonly Node[]
  /** Of these, those that only a cordon closes. */
  readonly cordoned: readonly Node[]
}

export function placementOf(wish: Wish, relations: Relations): Placement {
  const {selected, template} = wish
  const volumes = wish.volumes.filter(isLimited)
  const key = JSON.stringify([volumes.map(limitsOf), selected, termsOf(template)])
  return relations.once(`placement ${key}`, relations.snapshot.nodes, () => {
    const reaching = nodesReaching(volumes, relations)
    const isChosen = (node: Node) => selected.every((name) => name === nameOf(node))
    const allowed = selected.length > 0 ? reaching.filter(isChosen) : [...reaching]
    const isFree = volumes.length + selected.length === 0
    const near = isFree ? selectedBy(template, relations) : allowed
    const fitting = near.filter((node) => matchesRequiredAffinity(node, template))
    const open = fitting.filter((node) => refusal(node, template) === undefined)
    const cordoned = fitting.filter((node) => isOnlyCordoned(refusal(node, template)))
    return {allowed, fitting, open, cordoned}
  })
}

/** All that `matchesRequiredAffinity` and `refusal` look at, the same text for the same. */
export function wishText(template: PodTemplate | undefined): string {
  return JSON.stringify(termsOf(template))
}

function termsOf(template: PodTemplate | undefined): unknown {
  const {nodeSelector, affinity, tolerations} = template?.spec ?? {}
  return [nodeSelector, affinity?.nodeAffinity, tolerations]
}

/** Nodes that have one of the wanted labels, the rarest; all where none is wanted. */
export function selectedBy(
  template: PodTemplate | undefined,
  {snapshot, nodesWith}: Relations,
): readonly Node[] {
  const lists = Object.entries(template?.spec?.nodeSelector ?? {}).map((label) => nodesWith(...label))
  return lists.toSorted((left, right) => left.length - right.length)[0] ?? snapshot.nodes
}

/** Nodes that reach all of these volumes. */
export function nodesReaching(volumes: readonly PersistentVolume[], relations: Relations): readonly Node[] {
  const {nodes} = relations.snapshot
  const limited = volumes.filter(isLimited)
  const [first] = limited
  if (!first) return nodes
  return relations.once(`reaching ${JSON.stringify(limited.map(limitsOf))}`, nodes, () =>
    candidates(first, relations).filter((node) => limited.every((volume) => reaches(volume, node))),
  )
}

/** Some node may be out of its reach. */
function isLimited(volume: PersistentVolume): boolean {
  return volume.spec?.nodeAffinity?.required !== undefined || zoneLabelsOf(volume).length > 0
}

/** All that `reaches` looks at. */
function limitsOf(volume: PersistentVolume): unknown {
  return [volume.spec?.nodeAffinity?.required?.nodeSelectorTerms, zoneLabelsOf(volume)]
}

/** Of a volume that is on one node, or in one zone, no others have to be looked at. */
function candidates(volume: PersistentVolume, {snapshot, nodesWith}: Relations): readonly Node[] {
  const [term, ...others] = volume.spec?.nodeAffinity?.required?.nodeSelectorTerms ?? []
  const wanted = others.length > 0 ? [] : (term?.matchExpressions ?? [])
  const lists = wanted.flatMap(({key, operator, values}) =>
    operator === 'In' && values?.length === 1 ? [nodesWith(key, values[0] ?? '')] : [],
  )
  return lists.toSorted((left, right) => left.length - right.length)[0] ?? snapshot.nodes
}
