import {type Relations, relate} from '../../src/model/relations.ts'
import type {ClusterSnapshot, ResourceKey} from '../../src/model/snapshot.ts'

type LookUp = Exclude<keyof Relations, 'snapshot' | 'sees' | 'seesPodsOf' | 'once'>

/** Where each look-up looks. */
const KINDS: Readonly<Record<LookUp, ResourceKey>> = {
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
  eventsOf: 'events',
}

/** Relations of that snapshot that add each kind of object that somebody looks at to `touched`. */
export function recording(snapshot: ClusterSnapshot, touched: Set<ResourceKey>): Relations {
  // nothing is known of this copy yet: what was found out before would not be looked at again
  const relations = relate({...snapshot})
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
