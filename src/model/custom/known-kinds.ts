import {own} from '../own.ts'
import type {Relations} from '../relations.ts'
import {anySet} from './any-set.ts'
import {cnpgCluster, cnpgPhase, cnpgPodQuery} from './cnpg-cluster.ts'
import {kruiseDaemonSet} from './kruise-daemon-set.ts'
import {kruiseStatefulSet} from './kruise-stateful-set.ts'
import type {CustomSet} from './members.ts'
import type {CustomKind, CustomObject, OperatorPhase} from './object.ts'
import {
  type CustomStrategy,
  cnpgStrategy,
  kruiseDaemonSetStrategy,
  kruiseStatefulSetStrategy,
  strimziStrategy,
  unknownStrategy,
} from './strategy.ts'
import {strimziPodSet} from './strimzi-pod-set.ts'

/** All that is known of a kind that an operator brings along. */
export interface KnownKind {
  readonly setOf: (object: CustomObject, relations: Relations) => CustomSet
  readonly strategyOf: (object: CustomObject) => CustomStrategy
  /** Label query for the Pods of an object; absent where only their owner references tell whose they are. */
  readonly podQueryOf?: (object: CustomObject) => string
  /** What the operator itself says of an object, where it has a word for that; undefined where it says nothing. */
  readonly phaseOf?: (object: CustomObject) => OperatorPhase | undefined
}

/** By group and kind, whatever the version is. */
const KNOWN: Readonly<Record<string, KnownKind>> = {
  'apps.kruise.io/StatefulSet': {setOf: kruiseStatefulSet, strategyOf: kruiseStatefulSetStrategy},
  'apps.kruise.io/DaemonSet': {setOf: kruiseDaemonSet, strategyOf: kruiseDaemonSetStrategy},
  'core.strimzi.io/StrimziPodSet': {setOf: strimziPodSet, strategyOf: strimziStrategy},
  'postgresql.cnpg.io/Cluster': {
    setOf: cnpgCluster,
    strategyOf: cnpgStrategy,
    podQueryOf: cnpgPodQuery,
    phaseOf: cnpgPhase,
  },
}

const ANY: KnownKind = {setOf: anySet, strategyOf: unknownStrategy}

/** What is known of a kind; of any other one that it may own Pods. */
export function knownKind({group, kind}: Pick<CustomKind, 'group' | 'kind'>): KnownKind {
  return own(KNOWN, `${group}/${kind}`) ?? ANY
}

/** What an object is made of. */
export function customSet(object: CustomObject, relations: Relations): CustomSet {
  return relations.once('customSet', object, () => knownKind(object.of).setOf(object, relations))
}
