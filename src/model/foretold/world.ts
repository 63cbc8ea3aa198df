import {controllerUid, nameOf, namespaceOf, type Pod, type StatefulSet} from '../objects.ts'
import {ordinalsOf} from '../ordinals.ts'
import type {Relations} from '../relations.ts'
import {serverVersionOf} from '../server-version.ts'
import {isDesired, isMember, ordinalIn} from '../stateful-set.ts'
import {type Health, healthOf} from './budgets.ts'
import {type Stage, stageOf} from './stage.ts'
import type {SetWorld} from './stateful-set-course.ts'

/** A cluster as it would be: who is where, what each StatefulSet has, and what the budgets count. */
export interface World {
  readonly stage: Stage
  readonly health: Health
  /** Those in which something has changed, by UID. */
  readonly sets: Map<string, SetWorld>
}

export function worldOf(relations: Relations, isClosed?: Stage['isClosed']): World {
  return {stage: stageOf(relations, isClosed), health: healthOf(relations), sets: new Map()}
}

/** The set that controls the Pod, as it would be. */
export function setOf(pod: Pod, {sets, stage}: World): SetWorld | undefined {
  const uid = controllerUid(pod) ?? ''
  const known = sets.get(uid)
  if (known) return known
  const set = stage.relations.statefulSetWith(uid)
  return set && setWorld(set, stage.relations)
}

/** The set wants a Pod of that name. */
export function isWanted(pod: Pod, {set}: SetWorld): boolean {
  return isDesired(set, ordinalIn(nameOf(pod), nameOf(set)) ?? -1)
}

/** A StatefulSet as it is. */
export function setWorld(set: StatefulSet, relations: Relations): SetWorld {
  const {snapshot} = relations
  // its course sees no nodes, by which files tell a version
  const version = serverVersionOf(snapshot)
  const members = relations.podsOf(set.metadata?.uid).filter((pod) => isMember(set, pod))
  const holders = ordinalsOf(set, relations).flatMap(({holder}) => holder ?? [])
  return {
    set,
    pods: [...members, ...holders],
    claims: relations.claimsNamedFor(namespaceOf(set), nameOf(set)),
    now: snapshot.observedAt,
    ...(version && {server: {version: `v1.${version.minor}.${version.patch}`}}),
  }
}
