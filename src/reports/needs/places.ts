import {storageClassOf} from '../../model/claim.ts'
import {targetNode} from '../../model/daemon-pods.ts'
import type {PersistentVolumeClaim, Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {Need} from '../../model/scope.ts'
import type {ResourceKey} from '../../model/snapshot.ts'
import {attachmentNeeds} from './attachments.ts'
import {all, named, type ObjectName} from './lists.ts'

/** Pods and claims that belong together, such as those of a set. */
export interface Places {
  readonly pods: readonly Pod[]
  /** Those that there are, or should be. */
  readonly claims: readonly ObjectName[]
  /** A node has to be found for one of them. */
  readonly isSearching: boolean
}

/** What they stand on, all of it by name: claims, their volumes and classes, where these are attached, and nodes. */
export function placeNeeds({pods, claims, isSearching}: Places, relations: Relations): readonly Need[] {
  const found = claims.flatMap(({namespace = '', name}) => relations.claim(namespace, name) ?? [])
  const missing = claims.filter(({namespace = '', name}) => !relations.claim(namespace, name))
  return [
    ...(isRefused('persistentVolumeClaims', relations) ? [] : named('persistentVolumeClaims', missing)),
    ...volumeNeeds(found),
    ...(areAllNeeded(found, relations) ? [all('volumeAttachments')] : attachmentNeeds(found, relations)),
    ...nodeNeeds(pods, isSearching || found.some(isPending), relations),
  ]
}

/** Whether anything of that kind was requested by now. */
export function isRequested(resource: ResourceKey, {snapshot}: Relations): boolean {
  return !snapshot.unread?.includes(resource)
}

function isRefused(resource: ResourceKey, relations: Relations): boolean {
  return isRequested(resource, relations) && !relations.sees(resource)
}

export function isPending({status}: PersistentVolumeClaim): boolean {
  return status?.phase !== 'Bound'
}

/** Old plugins whose volumes a driver attaches by now (CSI migration), under a handle that stands nowhere. */
const MIGRATED = [
  'awsElasticBlockStore',
  'azureDisk',
  'cinder',
  'gcePersistentDisk',
  'portworxVolume',
  'vsphereVolume',
] as const

/** What names their attachments is not known: their volumes may not be read, or are of a plugin that a driver has replaced. */
function areAllNeeded(claims: readonly PersistentVolumeClaim[], relations: Relations): boolean {
  const names = claims.flatMap(({spec}) => spec?.volumeName || [])
  const isUnseen = (name: string) => !relations.volume(name) && !relations.sees('persistentVolumes', name)
  return (
    (isRequested('persistentVolumes', relations) && names.some(isUnseen)) ||
    names.some((name) => MIGRATED.some((source) => relations.volume(name)?.spec?.[source]))
  )
}

/** Volumes and classes of claims; where one has no volume yet, all that it might get. */
function volumeNeeds(claims: readonly PersistentVolumeClaim[]): readonly Need[] {
  if (claims.some(isPending)) return [all('persistentVolumes'), all('storageClasses')]
  const volumes = claims.flatMap(({spec}) => spec?.volumeName || [])
  return [
    ...named(
      'persistentVolumes',
      volumes.map((name) => ({name})),
    ),
    ...classNeeds(claims),
  ]
}

/** Classes that these claims, or templates of claims, name; which one is the default only all of them tell. */
export function classNeeds(
  claims: readonly Pick<PersistentVolumeClaim, 'metadata' | 'spec'>[],
): readonly Need[] {
  const classes = claims.map(storageClassOf)
  if (classes.includes(undefined)) return [all('storageClasses')]
  const names = classes.flatMap((name) => (name ? [{name}] : []))
  return named('storageClasses', names)
}

/** The nodes of Pods; all of them where one has to be found, or one is gone. */
export function nodeNeeds(pods: readonly Pod[], isSearching: boolean, relations: Relations): readonly Need[] {
  const names = pods.flatMap((pod) => targetNode(pod) ?? [])
  const isGone = names.some((name) => relations.sees('nodes', name) && !relations.node(name))
  if (isSearching || isGone) return [all('nodes')]
  return named(
    'nodes',
    names.map((name) => ({name})),
  )
}
