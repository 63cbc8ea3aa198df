import {lookUpsIn} from '../../src/model/look-ups.ts'
import {type Relations, relationsBy} from '../../src/model/relations.ts'
import type {ClusterSnapshot, ResourceKey} from '../../src/model/snapshot.ts'

type LookUp = Exclude<keyof Relations, 'snapshot' | 'sees' | 'seesPodsOf' | 'once'>

/** Where each look-up looks. */
const KINDS: Readonly<Record<LookUp, ResourceKey>> = {
  statefulSet: 'statefulSets',
  daemonSet: 'daemonSets',
  statefulSetWith: 'statefulSets',
  daemonSetWith: 'daemonSets',
  revisionsOf: 'controllerRevisions',
  pod: 'pods',
  podWith: 'pods',
  podsOf: 'pods',
  podsOn: 'pods',
  podsWith: 'pods',
  orphansIn: 'pods',
  podsMounting: 'pods',
  claim: 'persistentVolumeClaims',
  claimsNamedFor: 'persistentVolumeClaims',
  volume: 'persistentVolumes',
  volumesKeptFor: 'persistentVolumes',
  volumesNamedFor: 'persistentVolumes',
  attachmentsOf: 'volumeAttachments',
  node: 'nodes',
  nodesWith: 'nodes',
  storageClass: 'storageClasses',
  service: 'services',
  endpointSlicesOf: 'endpointSlices',
  eventsOf: 'events',
}

/** Relations of that snapshot that add each kind of object that somebody looks at to `touched`. */
export function recording(snapshot: ClusterSnapshot, touched: Set<ResourceKey>): Relations {
  // its own: what was worked out before is not looked at again
  const relations = relationsBy(lookUpsIn(snapshot))
  const lookUps = Object.entries(KINDS).map(([name, kind]) => [
    name,
    (...of: readonly never[]) => {
      touched.add(kind)
      return (relations[name as LookUp] as (...of: readonly never[]) => unknown)(...of)
    },
  ])
  const watched = new Proxy(snapshot, {
    get: (target, key) => {
      const value = target[key as ResourceKey]
      if (Array.isArray(value) && key !== 'omissions' && key !== 'unread' && key !== 'inPart')
        touched.add(key as ResourceKey)
      return value
    },
  })
  return {...relations, ...Object.fromEntries(lookUps), snapshot: watched}
}
