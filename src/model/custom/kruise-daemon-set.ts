import {REVISION_HASH} from '../known-labels.ts'
import type {Relations} from '../relations.ts'
import {countAt, textAt} from './content.ts'
import {type CustomSet, memberOf, ownedPods} from './members.ts'
import type {CustomObject} from './object.ts'

/** OpenKruise's Advanced DaemonSet (apis/apps/v1alpha1/daemonset_types.go): how many nodes it wants is for its controller to say. */
export function kruiseDaemonSet(object: CustomObject, relations: Relations): CustomSet {
  const {spec, status} = object
  const hash = textAt(status, 'daemonSetHash')
  return {
    object,
    desired: countAt(status, 'desiredNumberScheduled') ?? null,
    ordinalStart: null,
    podManagementPolicy: null,
    serviceName: null,
    minReadySeconds: countAt(spec, 'minReadySeconds') ?? 0,
    members: ownedPods(object, relations).map((pod) => {
      const revision = pod.metadata?.labels?.[REVISION_HASH]
      return {
        ...memberOf(pod),
        // its names end with letters and digits, by chance with digits alone
        ordinal: null,
        ...(revision !== undefined && {revision}),
        ...(revision !== undefined && hash !== undefined && {isUpdated: revision === hash}),
      }
    }),
  }
}
