import {REVISION_HASH} from '../known-labels.ts'
import {nameOf} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {countAt, listAt, MOST, textAt} from './content.ts'
import {type CustomMember, type CustomSet, memberOf, missingMember, ownedPods} from './members.ts'
import type {CustomObject} from './object.ts'

/** OpenKruise's Advanced StatefulSet (apis/apps/v1beta1/statefulset_types.go): a StatefulSet that may leave ordinals out. */
export function kruiseStatefulSet(object: CustomObject, relations: Relations): CustomSet {
  const {spec} = object
  const desired = countAt(spec, 'replicas') ?? 1
  const start = countAt(spec, 'ordinals', 'start') ?? 0
  return {
    object,
    desired,
    ordinalStart: start,
    podManagementPolicy: textAt(spec, 'podManagementPolicy') ?? 'OrderedReady',
    serviceName: textAt(spec, 'serviceName') ?? null,
    minReadySeconds: countAt(spec, 'updateStrategy', 'rollingUpdate', 'minReadySeconds') ?? 0,
    members: membersOf(object, wantedOrdinals(object, desired, start), relations),
  }
}

/** As many as are wanted, from the first on, without those that are reserved. */
function wantedOrdinals({spec}: CustomObject, desired: number, start: number): ReadonlySet<number> {
  const reserved = reservedIn(spec)
  const wanted = new Set<number>()
  const end = start + 2 * MOST
  for (let ordinal = start; ordinal < end && wanted.size < Math.min(desired, MOST); ordinal++) {
    if (!reserved(ordinal)) wanted.add(ordinal)
  }
  return wanted
}

/** So many ranges are looked at. */
const FEW = 100

/** Numbers, and, in newer versions, ranges such as `3-5`. */
function reservedIn(spec: unknown): (ordinal: number) => boolean {
  const ranges = listAt(spec, 'reserveOrdinals').flatMap((each): readonly (readonly [number, number])[] => {
    if (typeof each === 'number') return [[each, each]]
    const [, from, to] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(String(each)) ?? []
    return from === undefined ? [] : [[Number(from), Math.min(Number(to ?? from), Number(from) + MOST)]]
  })
  const single = new Set(ranges.flatMap(([from, to]) => (from === to ? [from] : [])))
  const wide = ranges.filter(([from, to]) => from < to).slice(0, FEW)
  return (ordinal) => single.has(ordinal) || wide.some(([from, to]) => from <= ordinal && ordinal <= to)
}

function membersOf(
  object: CustomObject,
  wanted: ReadonlySet<number>,
  relations: Relations,
): readonly CustomMember[] {
  const updateRevision = textAt(object.status, 'updateRevision')
  const there = ownedPods(object, relations).map((pod) => {
    const member = memberOf(pod)
    const isWanted = member.ordinal !== null && wanted.has(member.ordinal)
    const revision = pod.metadata?.labels?.[REVISION_HASH]
    return {
      ...member,
      state: isWanted ? ('desired' as const) : ('condemned' as const),
      ...(revision !== undefined && {revision}),
      ...(revision !== undefined && updateRevision !== undefined && {isUpdated: revision === updateRevision}),
    }
  })
  const known = new Set(there.map(({name}) => name))
  const missing = [...wanted]
    .map((ordinal) => `${nameOf(object)}-${ordinal}`)
    .filter((name) => !known.has(name))
    .map((name) => missingMember(object, name, claimsOf(object, name), relations))
  return [...there, ...missing].toSorted((one, other) => (one.ordinal ?? -1) - (other.ordinal ?? -1))
}

function claimsOf({spec}: CustomObject, pod: string): readonly string[] {
  return listAt(spec, 'volumeClaimTemplates').flatMap((template) => {
    const name = textAt(template, 'metadata', 'name')
    return name === undefined ? [] : [`${name}-${pod}`]
  })
}
