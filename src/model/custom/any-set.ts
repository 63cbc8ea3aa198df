import type {Relations} from '../relations.ts'
import {countAt} from './content.ts'
import {type CustomSet, memberOf, ownedPods} from './members.ts'
import type {CustomObject} from './object.ts'

/** Of a kind that nobody here knows: the Pods that it controls, and how many it says that it wants. */
export function anySet(object: CustomObject, relations: Relations): CustomSet {
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
