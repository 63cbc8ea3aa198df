import {nameOf, type Pod} from '../objects.ts'
import type {Relations} from '../relations.ts'
import {countAt, listAt, textAt} from './content.ts'
import {byNumber, type CustomMember, type CustomSet, memberOf, missingMember, ownedPods} from './members.ts'
import type {CustomObject, OperatorPhase} from './object.ts'

/**
 * A Cluster of CloudNativePG (api/v1/cluster_types.go): it numbers its instances as it makes them, so that numbers may be left out, and
 * calls the claim of an instance as its Pod. No revision on a Pod tells whether it is up to date.
 */
export function cnpgCluster(object: CustomObject, relations: Relations): CustomSet {
  const {spec} = object
  return {
    object,
    desired: countAt(spec, 'instances') ?? null,
    ordinalStart: null,
    podManagementPolicy: null,
    serviceName: null,
    minReadySeconds: 0,
    members: membersOf(object, relations),
  }
}

/** Its Pods, which all bear its name. */
export function cnpgPodQuery({metadata}: CustomObject): string {
  return `cnpg.io/cluster=${metadata?.name}`
}

/** What it calls a cluster that is well, and one that waits for a person (api/v1/cluster_types.go). */
const HEALTHY = 'Cluster in healthy state'
const WAITS = 'Waiting for user action'

/** What the operator says of its cluster. */
export function cnpgPhase({status}: CustomObject): OperatorPhase | undefined {
  const text = textAt(status, 'phase')
  return text === undefined
    ? undefined
    : {text, isWell: text === HEALTHY, waitsForPerson: text.startsWith(WAITS)}
}

function membersOf(object: CustomObject, relations: Relations): readonly CustomMember[] {
  const primary = textAt(object.status, 'currentPrimary')
  const there = ownedPods(object, relations).map((pod) => ({...memberOf(pod), ...roleOf(pod, primary)}))
  const known = new Set(there.map(({name}) => name))
  const missing = listAt(object.status, 'instanceNames')
    .flatMap((name) => (typeof name === 'string' && !known.has(name) ? [name] : []))
    .map((name) => missingMember(object, name, [name, `${name}-wal`], relations))
  return [...there, ...missing].toSorted((one, other) => byNumber(one.name, other.name))
}

/** As the cluster has it, before what the Pod bears: during a switchover its label comes late. */
function roleOf(pod: Pod, primary: string | undefined): Pick<CustomMember, 'role'> {
  if (primary !== undefined) return {role: nameOf(pod) === primary ? 'primary' : 'replica'}
  const role = pod.metadata?.labels?.['cnpg.io/instanceRole']
  return role === 'primary' || role === 'replica' ? {role} : {}
}
