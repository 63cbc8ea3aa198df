import {
  deletingAttachment,
  deletingClaim,
  deletingLostPod,
  deletingPod,
  deletingRevision,
  deletingVolume,
} from '../../diagnosis/leftover/deleting.ts'
import {claimRefText, requestOf, storageClassOf} from '../../model/claim.ts'
import {unusedSince} from '../../model/leftover/claim.ts'
import {isInTheWay} from '../../model/leftover/pod.ts'
import {statefulSetNamed} from '../../model/leftover/sets.ts'
import type {Verdict} from '../../model/leftover/verdict.ts'
import {
  type ControllerRevision,
  controllerOf,
  type KubernetesObject,
  nameOf,
  namespaceOf,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  type VolumeAttachment,
} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {Leftover, LeftoverKind} from './report.ts'

type Left = Extract<Verdict, {state: 'leftover'}>
type Common = Omit<Leftover, 'severity' | 'message' | 'deleting'>

function common(kind: LeftoverKind, object: KubernetesObject, {reason, sets = [], ordinal}: Left): Common {
  return {
    kind,
    namespace: namespaceOf(object) || null,
    name: nameOf(object),
    reason,
    sets,
    ordinal: ordinal ?? null,
    size: null,
    storageClassName: null,
    createdAt: object.metadata?.creationTimestamp ?? null,
    unusedAt: null,
    terminating: Boolean(object.metadata?.deletionTimestamp),
    retentionPolicy: null,
    volumeName: null,
    reclaimPolicy: null,
    nodeName: null,
  }
}

export function claimItem(claim: PersistentVolumeClaim, verdict: Left, relations: Relations): Leftover {
  const volume = relations.volume(claim.spec?.volumeName ?? '')
  const [set = ''] = verdict.sets ?? []
  return {
    ...common('PersistentVolumeClaim', claim, verdict),
    severity: verdict.reason === 'NoSet' ? 'warning' : 'info',
    message: claimMessage(claim, verdict),
    size: claim.status?.capacity?.storage ?? requestOf(claim) ?? null,
    storageClassName: storageClassOf(claim) ?? null,
    unusedAt: unusedSince(claim) ?? null,
    retentionPolicy: verdict.reason === 'NoSet' ? null : retentionOf(namespaceOf(claim), set, relations),
    volumeName: claim.spec?.volumeName ?? null,
    reclaimPolicy: volume?.spec?.persistentVolumeReclaimPolicy ?? null,
    deleting: deletingClaim(claim, relations),
  }
}

function claimMessage(claim: PersistentVolumeClaim, {reason, sets = [], ordinal}: Left): string {
  if (reason === 'BeyondOrdinals')
    return `StatefulSet ${sets[0]} has no ordinal ${ordinal} any more; it would be reused if the set grows again`
  return `no StatefulSet ${setsText(sets)} in ${namespaceOf(claim)}, and no Pod mounts it`
}

/** A claim's name does not tell where its template's name ends. */
function setsText([first = '', ...others]: readonly string[]): string {
  if (others.length < 2) return [first, ...others].join(' or ')
  return `${first}, nor one whose name is an ending of that,`
}

/** What the API sets where nothing is said. */
function retentionOf(namespace: string, name: string, relations: Relations): Leftover['retentionPolicy'] {
  const set = statefulSetNamed(namespace, name, relations)
  if (!set) return null
  const {whenDeleted = 'Retain', whenScaled = 'Retain'} = set.spec?.persistentVolumeClaimRetentionPolicy ?? {}
  return {whenDeleted, whenScaled}
}

export function volumeItem(volume: PersistentVolume, verdict: Left): Leftover {
  const {persistentVolumeReclaimPolicy: policy, capacity, claimRef} = volume.spec ?? {}
  const isKept = verdict.reason === 'Released' && policy === 'Retain'
  const of = claimRef ? `of the deleted claim ${claimRefText(volume)}` : 'without a claim'
  return {
    ...common('PersistentVolume', volume, verdict),
    namespace: claimRef?.namespace ?? null,
    severity: verdict.reason === 'Failed' ? 'error' : isKept ? 'info' : 'warning',
    message: verdict.reason === 'Failed' ? `Failed: it could not be reclaimed, ${of}` : `Released, ${of}`,
    size: capacity?.storage ?? null,
    storageClassName: storageClassOf(volume) ?? null,
    volumeName: nameOf(volume),
    reclaimPolicy: policy ?? null,
    deleting: deletingVolume(volume),
  }
}

export function attachmentItem(attachment: VolumeAttachment, verdict: Left): Leftover {
  const {nodeName = '', source} = attachment.spec ?? {}
  const volume = source?.persistentVolumeName ?? null
  return {
    ...common('VolumeAttachment', attachment, verdict),
    severity: verdict.reason === 'Unused' ? 'info' : 'warning',
    message: attachmentMessage(verdict, nodeName, volume ?? 'a volume'),
    volumeName: volume,
    nodeName,
    deleting: deletingAttachment,
  }
}

function attachmentMessage({reason}: Left, node: string, volume: string): string {
  if (reason === 'NodeGone') return `attaches ${volume} to node ${node}, which is gone`
  if (reason === 'VolumeGone') return `attaches volume ${volume}, which is gone, to node ${node}`
  return `attaches ${volume} to node ${node}, where no Pod mounts it`
}

export function podItem(pod: Pod, verdict: Left, relations: Relations): Leftover {
  const isLost = verdict.reason === 'NodeGone'
  return {
    ...common('Pod', pod, verdict),
    severity: verdict.reason === 'HoldsName' && isInTheWay(pod, relations) ? 'error' : 'warning',
    message: podMessage(pod, verdict),
    terminating: isTerminating(pod),
    nodeName: pod.spec?.nodeName ?? null,
    deleting: isLost ? deletingLostPod : deletingPod,
  }
}

function podMessage(pod: Pod, {reason, sets: [set] = [], ordinal}: Left): string {
  if (reason === 'NodeGone') return `its node ${pod.spec?.nodeName} is gone`
  if (reason === 'NoOwner') return `no owner, and no StatefulSet ${set}`
  return `no owner, and has the name of ordinal ${ordinal} of StatefulSet ${set}`
}

export function revisionItem(revision: ControllerRevision, verdict: Left): Leftover {
  const {kind, name} = controllerOf(revision) ?? {}
  const gone = `${kind} ${name}, which owns it, is gone`
  return {
    ...common('ControllerRevision', revision, verdict),
    severity: 'info',
    message: verdict.reason === 'OwnerGone' ? gone : 'no owner, and no set that would adopt it',
    deleting: deletingRevision,
  }
}
