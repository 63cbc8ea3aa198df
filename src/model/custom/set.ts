import {own} from '../own.ts'
import type {Relations} from '../relations.ts'
import {cnpgCluster} from './cnpg-cluster.ts'
import {countAt} from './content.ts'
import {kruiseDaemonSet} from './kruise-daemon-set.ts'
import {kruiseStatefulSet} from './kruise-stateful-set.ts'
import {type CustomSet, memberOf, ownedPods} from './members.ts'
import type {CustomObject} from './object.ts'
import {strimziPodSet} from './strimzi-pod-set.ts'

type Reads = (object: CustomObject, relations: Relations) => CustomSet

/** Kinds whose operators' rules are known, by group and kind, whatever their version is. */
const KNOWN: Readonly<Record<string, Reads>> = {
  'apps.kruise.io/StatefulSet': kruiseStatefulSet,
  'apps.kruise.io/DaemonSet': kruiseDaemonSet,
  'core.strimzi.io/StrimziPodSet': strimziPodSet,
  'postgresql.cnpg.io/Cluster': cnpgCluster,
}

/** Of a kind that nobody here knows: the Pods that it controls, and how many it says that it wants. */
export function customSet(object: CustomObject, relations: Relations): CustomSet {
  const {group, kind} = object.of
  const reads = own(KNOWN, `${group}/${kind}`) ?? anySet
  return relations.once('customSet', object, () => reads(object, relations))
}

function anySet(object: CustomObject, relations: Relations): CustomSet {
  return {
    object,
    // what the scale subresource of most kinds stands on
    desired: countAt(object.spec, 'replicas') ?? null,
    ordinalStart: null,
    podManagementPolicy: null,
    serviceName: null,
    minReadySeconds: 0,
    members: ownedPods(object, relations).map((pod) => memberOf(pod)),
  }
}

/** Label query for the Pods of an object; undefined where only their owner references tell whose they are. */
export function podQueryOf({of: {group, kind}, metadata}: CustomObject): string | undefined {
  return `${group}/${kind}` === 'postgresql.cnpg.io/Cluster' ? `cnpg.io/cluster=${metadata?.name}` : undefined
}
