import {mountedClaims} from '../mounted-claims.ts'
import {nameOf, namespaceOf, type Pod} from '../objects.ts'
import type {OrdinalClaim, OrdinalState} from '../ordinals.ts'
import type {Relations} from '../relations.ts'
import type {CustomObject} from './object.ts'

/** A Pod that an object of another operator has, or should have. */
export interface CustomMember {
  readonly name: string
  /** The number at the end of its name; null where there is none. */
  readonly ordinal: number | null
  readonly state: OrdinalState
  readonly pod?: Pod
  readonly claims: readonly OrdinalClaim[]
  /** Names of claims that one that is not there may have. */
  readonly sought?: readonly string[]
  /** Whether it is as its operator wants it by now; absent where nothing tells. */
  readonly isUpdated?: boolean
  /** By its revision, where it has one. */
  readonly revision?: string
  /** What it is among the others, as its operator says. */
  readonly role?: 'primary' | 'replica'
}

/** What an object of another operator is made of, as far as that can be told. */
export interface CustomSet {
  readonly object: CustomObject
  /** How many Pods there should be; null where nothing tells. */
  readonly desired: number | null
  readonly ordinalStart: number | null
  readonly podManagementPolicy: string | null
  readonly serviceName: string | null
  readonly minReadySeconds: number
  readonly members: readonly CustomMember[]
}

/** The number at the end of a name: `db-3`, `my-cluster-broker-12`. */
function numberAtEnd(name: string): number | null {
  const [, digits] = /-(0|[1-9]\d{0,8})$/.exec(name) ?? []
  return digits === undefined ? null : Number(digits)
}

/** Those that it controls, by what stands before the number, then by the number. */
export function ownedPods(object: CustomObject, relations: Relations): readonly Pod[] {
  return relations.podsOf(object.metadata?.uid).toSorted((one, other) => byNumber(nameOf(one), nameOf(other)))
}

export function byNumber(one: string, other: string): number {
  const [left, right] = [stemOf(one), stemOf(other)]
  if (left !== right) return left < right ? -1 : 1
  return (numberAtEnd(one) ?? -1) - (numberAtEnd(other) ?? -1)
}

function stemOf(name: string): string {
  return name.replace(/-\d+$/, '')
}

/** A Pod that is there: what nobody needs to know its operator for. */
export function memberOf(pod: Pod, state: OrdinalState = 'desired'): CustomMember {
  const name = nameOf(pod)
  const claims = [...new Set(mountedClaims(pod))].map((claim) => ({
    name: claim,
    ...templated(claim, name),
    isMounted: true,
  }))
  return {name, ordinal: numberAtEnd(name), state, pod, claims}
}

/** A Pod that should be there and is not: of its claims those that are there. */
export function missingMember(
  object: CustomObject,
  name: string,
  claims: readonly string[],
  {claim}: Relations,
): CustomMember {
  const found = claims.filter((each) => claim(namespaceOf(object), each))
  const known = found.map((each) => ({name: each, ...templated(each, name), isMounted: true}))
  return {name, ordinal: numberAtEnd(name), state: 'desired', claims: known, sought: claims}
}

/** `data` of `data-db-0`, as StatefulSets, and many who do as they do, call claims. */
function templated(claim: string, pod: string): {readonly template?: string} {
  const suffix = `-${pod}`
  return claim.endsWith(suffix) ? {template: claim.slice(0, -suffix.length)} : {}
}
