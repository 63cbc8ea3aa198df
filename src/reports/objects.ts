import {requestOf, storageClassOf} from '../model/claim.ts'
import {usageOf} from '../model/claim-usage.ts'
import {REVISION_HASH} from '../model/known-labels.ts'
import {isNodeReady, isSchedulable, zoneOf} from '../model/node.ts'
import {
  nameOf,
  namespaceOf,
  type PersistentVolumeClaim,
  type Pod,
  type VolumeAttachment,
} from '../model/objects.ts'
import {isAvailable, isReady, isTerminating, readiness, restarts} from '../model/pod.ts'
import {statusWord} from '../model/pod-status-word.ts'
import type {Relations} from '../model/relations.ts'
import type {DiskUsage} from '../model/usage.ts'
import {allowedNodes, reaches, volumeSource} from '../model/volume.ts'
import type {MappedAttachment, MappedClaim, MappedNode, MappedPod, MappedVolume} from './map/report.ts'

/** A Pod as a report shows it; availability counts from `observedAt`. */
export function mapPod(pod: Pod, minReadySeconds: number, observedAt: string): MappedPod {
  return {
    name: nameOf(pod),
    uid: pod.metadata?.uid ?? '',
    status: statusWord(pod),
    phase: pod.status?.phase ?? 'Unknown',
    ready: isReady(pod),
    available: isAvailable(pod, minReadySeconds, observedAt),
    terminating: isTerminating(pod),
    containers: readiness(pod),
    restarts: restarts(pod),
    revision: pod.metadata?.labels?.[REVISION_HASH] ?? null,
    nodeName: pod.spec?.nodeName ?? null,
    ip: pod.status?.podIP ?? null,
    createdAt: pod.metadata?.creationTimestamp ?? null,
  }
}

/** The node that a Pod is bound to; null for a Pod that is not bound yet, and for no Pod. */
export function mapNode(pod: Pod | undefined, relations: Relations): MappedNode | null {
  const name = pod?.spec?.nodeName
  if (!name) return null
  const node = relations.node(name)
  if (node) {
    return {
      name,
      state: 'Present',
      ready: isNodeReady(node),
      schedulable: isSchedulable(node),
      zone: zoneOf(node) ?? null,
    }
  }
  const state = relations.sees('nodes', name) ? 'Missing' : 'Unknown'
  return {name, state, ready: null, schedulable: null, zone: null}
}

/** Where a claim stands among those of its workload. */
export interface ClaimPlace {
  readonly name: string
  readonly template: string | null
  readonly mounted: boolean
  readonly shared: boolean
  readonly nodeName: string | undefined
}

/** A claim as a report shows it; `claim` is undefined when it does not exist or was not seen. */
export function mapClaim(
  place: ClaimPlace,
  claim: PersistentVolumeClaim | undefined,
  relations: Relations,
): MappedClaim {
  const {name, template, mounted, shared, nodeName} = place
  const volume = claim?.spec?.volumeName
  return {
    template,
    name,
    phase: phaseOf(claim, relations),
    terminating: Boolean(claim?.metadata?.deletionTimestamp),
    mounted,
    shared,
    requested: (claim && requestOf(claim)) ?? null,
    capacity: claim?.status?.capacity?.storage ?? null,
    storageClassName: (claim && storageClassOf(claim)) ?? null,
    accessModes: claim?.status?.accessModes ?? claim?.spec?.accessModes ?? [],
    createdAt: claim?.metadata?.creationTimestamp ?? null,
    volume: volume ? mapVolume(volume, nodeName, relations) : null,
    attachments: volume ? relations.attachmentsOf(volume).map(mapAttachment) : [],
    ...(claim && mapUsage(claim, nodeName, relations)),
  }
}

/** Nothing where nobody asked for it. */
function mapUsage(
  claim: PersistentVolumeClaim,
  nodeName: string | undefined,
  relations: Relations,
): {readonly usage?: DiskUsage | null} {
  if (!relations.snapshot.usage) return {}
  const found = usageOf(relations, namespaceOf(claim), nameOf(claim)).find(
    (each) => each.nodeName === nodeName,
  )
  if (!found) return {usage: null}
  const {namespace: _, claim: __, nodeName: ___, ...figures} = found
  return {usage: figures}
}

function phaseOf(claim: PersistentVolumeClaim | undefined, relations: Relations): MappedClaim['phase'] {
  if (!claim) return relations.sees('persistentVolumeClaims') ? 'Missing' : 'Unknown'
  return (claim.status?.phase ?? 'Pending') as MappedClaim['phase']
}

function mapVolume(name: string, nodeName: string | undefined, relations: Relations): MappedVolume {
  const volume = relations.volume(name)
  if (!volume) return unseenVolume(name, relations.sees('persistentVolumes', name) ? 'Missing' : 'Unknown')
  const node = nodeName === undefined ? undefined : relations.node(nodeName)
  return {
    name,
    phase: (volume.status?.phase ?? 'Pending') as MappedVolume['phase'],
    capacity: volume.spec?.capacity?.storage ?? null,
    reclaimPolicy: volume.spec?.persistentVolumeReclaimPolicy ?? null,
    source: volumeSource(volume),
    allowedNodes: allowedNodes(volume),
    reachesNode: node ? reaches(volume, node) : null,
  }
}

function unseenVolume(name: string, phase: 'Missing' | 'Unknown'): MappedVolume {
  return {
    name,
    phase,
    capacity: null,
    reclaimPolicy: null,
    source: null,
    allowedNodes: null,
    reachesNode: null,
  }
}

function mapAttachment({spec, status}: VolumeAttachment): MappedAttachment {
  const error = status?.detachError?.message ?? status?.attachError?.message
  return {nodeName: spec?.nodeName ?? '', attached: status?.attached ?? false, ...(error && {error})}
}

/** Names that come more than once. */
export function duplicates(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>()
  return new Set(names.filter((name) => seen.size === seen.add(name).size))
}
