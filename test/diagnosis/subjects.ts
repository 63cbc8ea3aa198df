/** What rules look at, cut out of small snapshots the way the report cuts it. */
import type {Finding, Rule} from '../../src/diagnosis/finding.ts'
import type {ClaimSubject, OrdinalSubject, SetSubject} from '../../src/diagnosis/subjects.ts'
import {namespaceOf} from '../../src/model/objects.ts'
import {ordinalsOf} from '../../src/model/ordinals.ts'
import {relate} from '../../src/model/relations.ts'
import type {Observed, ResourceKey} from '../../src/model/snapshot.ts'
import type {ClaimUsage} from '../../src/model/usage.ts'
import {snapshot, statefulSet} from '../builders.ts'

export interface Facts extends Partial<Observed> {
  /** What kubelets have measured. */
  readonly usage?: readonly ClaimUsage[]
  /** Kinds that were asked for and refused. */
  readonly unseen?: readonly ResourceKey[]
}

/** The first set of the facts, or `web`. */
export function setSubject({unseen = [], ...facts}: Facts): SetSubject {
  const set = facts.statefulSets?.[0] ?? statefulSet()
  const relations = relate(snapshot(facts, unseen))
  return {set, ordinals: ordinalsOf(set, relations), relations}
}

export function ordinalSubject(facts: Facts, wanted = 0): OrdinalSubject {
  const {set, ordinals, relations} = setSubject(facts)
  const ordinal = ordinals.find((each) => each.ordinal === wanted)
  if (!ordinal) throw new Error(`no ordinal ${wanted}`)
  return {set, ordinal, relations}
}

/** A claim of an ordinal: `data-web-0`, unless told. */
export function claimSubject(facts: Facts, name = 'data-web-0', wanted = 0): ClaimSubject {
  const of = ordinalSubject(facts, wanted)
  const ordinalClaim = of.ordinal.claims.find((each) => each.name === name)
  if (!ordinalClaim) throw new Error(`no claim ${name}`)
  const namespace = namespaceOf(of.set)
  const claim = of.relations.claim(namespace, name)
  const volume = of.relations.volume(claim?.spec?.volumeName ?? '')
  return {
    namespace,
    name,
    ...(claim && {claim}),
    ...(volume && {volume}),
    relations: of.relations,
    of: {...of, ordinalClaim},
  }
}

/** The finding of one rule about one claim. */
export function about(rule: Rule<ClaimSubject>, facts: Facts, name?: string): Finding | undefined {
  return rule(claimSubject(facts, name))
}

/** Its id alone, for tables of near misses. */
export function idOf(finding: Finding | undefined): string | undefined {
  return finding?.id
}
