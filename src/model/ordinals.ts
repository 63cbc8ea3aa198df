import {hasLabels} from './labels.ts'
import {mountedClaims} from './mounted-claims.ts'
import {nameOf, namespaceOf, type PersistentVolumeClaim, type Pod, type StatefulSet} from './objects.ts'
import type {Relations} from './relations.ts'
import {
  claimName,
  desiredOrdinals,
  isDesired,
  isMember,
  ordinalIn,
  ordinalStart,
  podName,
  templateNames,
} from './stateful-set.ts'

/** `desired`: should exist. `condemned`: its Pod will be deleted. `leftover`: only claims remain. */
export type OrdinalState = 'desired' | 'condemned' | 'leftover'

/** A claim that an ordinal has, should have, or once had. */
export interface OrdinalClaim {
  readonly name: string
  /** The volumeClaimTemplate it comes from; undefined for one made by hand or of a template that is gone. */
  readonly template?: string
  /** The ordinal's Pod, or the Pod template where there is none, mounts it. */
  readonly isMounted: boolean
}

/** One ordinal of a StatefulSet: its Pod and its claims, whether they exist or not. */
export interface Ordinal {
  readonly ordinal: number
  readonly state: OrdinalState
  readonly pod?: Pod
  /** A Pod with this ordinal's name that is not the set's: the controller can't create its own. */
  readonly holder?: Pod
  readonly claims: readonly OrdinalClaim[]
}

/**
 * Whether a scale-up takes up a claim of an ordinal that the set does not want: its Pod is given claims by the names of the
 * templates, and a set grows upwards.
 */
export function isTakenUpByGrowth(set: StatefulSet, ordinal: number, {template}: OrdinalClaim): boolean {
  return template !== undefined && ordinal >= ordinalStart(set)
}

/** Ordinals that should exist, still have a Pod of the set, or still have claims; as numbers ascending. */
export function ordinalsOf(set: StatefulSet, relations: Relations): readonly Ordinal[] {
  return relations.once('ordinalsOf', set, () => findOrdinals(set, relations))
}

function findOrdinals(set: StatefulSet, relations: Relations): readonly Ordinal[] {
  const pods = memberPods(set, relations)
  const kept = keptClaims(set, relations)
  const ordinals = new Set([...desiredOrdinals(set), ...pods.keys(), ...kept.keys()])
  return [...ordinals]
    .toSorted((left, right) => left - right)
    .map((ordinal) => ordinalAt(set, relations, ordinal, pods.get(ordinal), kept.get(ordinal) ?? []))
}

/** The same one as in the snapshot before, where it is made of the same objects. */
function ordinalAt(
  set: StatefulSet,
  relations: Relations,
  ordinal: number,
  pod: Pod | undefined,
  kept: readonly KeptClaim[],
): Ordinal {
  const find = () =>
    describe(
      set,
      relations,
      ordinal,
      pod,
      kept.map(({claim}) => claim),
    )
  return relations.once(`ordinal ${ordinal}`, set, find, [pod, ...kept.map(({object}) => object)])
}

function describe(
  set: StatefulSet,
  relations: Relations,
  ordinal: number,
  pod: Pod | undefined,
  kept: readonly OrdinalClaim[],
): Ordinal {
  const state = isDesired(set, ordinal) ? 'desired' : pod ? 'condemned' : 'leftover'
  const namesake = pod ? undefined : relations.pod(namespaceOf(set), podName(set, ordinal))
  const claims = state === 'leftover' ? kept : merge(expectedClaims(set, ordinal, pod), kept)
  return {ordinal, state, ...(pod && {pod}), ...(namesake && {holder: namesake}), claims}
}

function memberPods(set: StatefulSet, relations: Relations): ReadonlyMap<number, Pod> {
  const members = relations.podsOf(set.metadata?.uid).filter((pod) => isMember(set, pod))
  return new Map(members.map((pod) => [ordinalIn(nameOf(pod), nameOf(set)) ?? -1, pod]))
}

/** Claims of the templates first, then what the Pod mounts besides. */
function expectedClaims(set: StatefulSet, ordinal: number, pod: Pod | undefined): readonly OrdinalClaim[] {
  const mounted = pod ? mountedClaims(pod) : undefined
  const templated = templateNames(set).map((template) => {
    const name = claimName(template, set, ordinal)
    return {name, template, isMounted: mounted?.includes(name) ?? true}
  })
  const others = mounted ?? mountedClaims(futurePod(set, ordinal))
  return merge(
    templated,
    others.map((name) => ({name, isMounted: true})),
  )
}

/** What the controller would create; a claim template wins over a volume of the same name (updateStorage, 1.37). */
function futurePod(set: StatefulSet, ordinal: number): Pod {
  const templates = templateNames(set)
  const spec = set.spec?.template?.spec
  const volumes = (spec?.volumes ?? []).filter(({name}) => !templates.includes(name))
  return {metadata: {name: podName(set, ordinal)}, spec: {containers: [], volumes}}
}

function merge(first: readonly OrdinalClaim[], more: readonly OrdinalClaim[]): readonly OrdinalClaim[] {
  const known = new Set(first.map(({name}) => name))
  return [...first, ...more.filter(({name}) => !known.has(name))]
}

interface KeptClaim {
  readonly claim: OrdinalClaim
  readonly object: PersistentVolumeClaim
}

/**
 * Claims that exist and bear an ordinal's name. The controller reuses a claim of a template by its name alone;
 * a claim of no template counts only with the labels that the controller gives its claims.
 */
function keptClaims(set: StatefulSet, relations: Relations): ReadonlyMap<number, readonly KeptClaim[]> {
  const kept = new Map<number, KeptClaim[]>()
  for (const object of relations.claimsNamedFor(namespaceOf(set), nameOf(set))) {
    const found = identify(set, object)
    if (!found) continue
    const {ordinal, claim} = found
    kept.set(ordinal, [...(kept.get(ordinal) ?? []), {claim, object}])
  }
  return kept
}

function identify(
  set: StatefulSet,
  claim: PersistentVolumeClaim,
): {ordinal: number; claim: OrdinalClaim} | undefined {
  const name = nameOf(claim)
  for (const template of templateNames(set)) {
    const ordinal = ordinalIn(name, `${template}-${nameOf(set)}`)
    if (ordinal !== undefined) return {ordinal, claim: {name, template, isMounted: false}}
  }
  const parent = name.slice(0, name.lastIndexOf('-'))
  const ordinal = ordinalIn(name, parent)
  if (ordinal === undefined || !parent.endsWith(`-${nameOf(set)}`)) return undefined
  return hasControllerLabels(set, claim) ? {ordinal, claim: {name, isMounted: false}} : undefined
}

function hasControllerLabels(set: StatefulSet, claim: PersistentVolumeClaim): boolean {
  const wanted = set.spec?.selector?.matchLabels ?? {}
  return Object.keys(wanted).length > 0 && hasLabels(claim.metadata?.labels, wanted)
}
