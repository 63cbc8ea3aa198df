import type {Pod} from '../objects.ts'
import {nameOf} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {at, listAt, textAt} from './content.ts'
import {byNumber, type CustomMember, type CustomSet, memberOf, missingMember, ownedPods} from './members.ts'
import type {CustomObject} from './object.ts'

/** On each Pod, and in the set on what each Pod should be. */
const REVISION = 'strimzi.io/revision'

/** Strimzi's StrimziPodSet: it has each of its Pods written out, so that there is no template, and no count. */
export function strimziPodSet(object: CustomObject, relations: Relations): CustomSet {
  const wanted = new Map(listAt(object.spec, 'pods').flatMap(wantedPod))
  return {
    object,
    desired: wanted.size,
    ordinalStart: null,
    podManagementPolicy: null,
    serviceName: null,
    minReadySeconds: 0,
    members: membersOf(object, wanted, relations),
  }
}

interface WantedPod {
  readonly revision: string | undefined
  readonly claims: readonly string[]
}

function wantedPod(written: unknown): readonly (readonly [string, WantedPod])[] {
  const name = textAt(written, 'metadata', 'name')
  if (name === undefined) return []
  const claims = listAt(written, 'spec', 'volumes').flatMap(
    (volume) => textAt(volume, 'persistentVolumeClaim', 'claimName') ?? [],
  )
  const revision = textAt(at(written, 'metadata', 'annotations'), REVISION)
  return [[name, {revision, claims}]]
}

function membersOf(
  object: CustomObject,
  wanted: ReadonlyMap<string, WantedPod>,
  relations: Relations,
): readonly CustomMember[] {
  const there = ownedPods(object, relations).map((pod) => asWanted(pod, wanted.get(nameOf(pod))))
  const known = new Set(there.map(({name}) => name))
  const missing = [...wanted]
    .filter(([name]) => !known.has(name))
    .map(([name, {claims}]) => missingMember(object, name, claims, relations))
  return [...there, ...missing].toSorted((one, other) => byNumber(one.name, other.name))
}

function asWanted(pod: Pod, wanted: WantedPod | undefined): CustomMember {
  const revision = pod.metadata?.annotations?.[REVISION]
  return {
    ...memberOf(pod, wanted ? 'desired' : 'condemned'),
    ...(revision !== undefined && {revision}),
    ...(revision !== undefined &&
      wanted?.revision !== undefined && {isUpdated: revision === wanted.revision}),
  }
}
