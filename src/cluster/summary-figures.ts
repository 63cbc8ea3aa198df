import type {ClaimUsage, DiskUsage, MeasuredPod, UsageNeed} from '../model/usage.ts'
import {ConnectionError} from './errors.ts'

/** What may stand in any part of a summary; nobody knows what does. */
interface Parts {
  readonly pods?: unknown
  readonly podRef?: unknown
  readonly uid?: unknown
  readonly name?: unknown
  readonly namespace?: unknown
  readonly volume?: unknown
  readonly pvcRef?: unknown
  readonly capacityBytes?: unknown
  readonly usedBytes?: unknown
  readonly availableBytes?: unknown
  readonly inodes?: unknown
  readonly inodesUsed?: unknown
  readonly inodesFree?: unknown
  readonly time?: unknown
}

/**
 * Figures of the wanted claims in what a kubelet says of itself. It is believed of its own Pods alone, each known by its UID, and of the
 * claims that they mount.
 * @throws ConnectionError for what is no such summary.
 */
export function measuredIn(text: string, {nodeName, pods}: UsageNeed): readonly ClaimUsage[] {
  const wanted = new Map(pods.map((pod) => [pod.uid, pod]))
  const found = new Map<string, ClaimUsage>()
  for (const pod of podsIn(text, nodeName)) {
    const {uid, name, namespace} = partsOf(partsOf(pod).podRef)
    const known = typeof uid === 'string' ? wanted.get(uid) : undefined
    if (!known || known.name !== name || known.namespace !== namespace) continue
    for (const usage of volumesOf(pod, known, nodeName)) found.set(`${usage.namespace}/${usage.claim}`, usage)
  }
  return [...found.values()]
}

function podsIn(text: string, nodeName: string): readonly unknown[] {
  const summary = partsOf(parsed(text))
  const {pods = []} = summary
  if (!Array.isArray(pods) || !('node' in summary))
    throw new ConnectionError(`error: the kubelet of ${nodeName} sent no summary`, 'Malformed')
  return pods
}

function volumesOf(pod: unknown, {namespace, claims}: MeasuredPod, nodeName: string): readonly ClaimUsage[] {
  const volumes = partsOf(pod).volume
  return (Array.isArray(volumes) ? volumes : []).flatMap((volume) => {
    const {pvcRef, ...figures} = partsOf(volume)
    const {name, namespace: of} = partsOf(pvcRef)
    if (typeof name !== 'string' || of !== namespace || !claims.includes(name)) return []
    return [{namespace, claim: name, nodeName, ...figuresOf(figures)}]
  })
}

function figuresOf(sent: Parts): DiskUsage {
  const figures = {
    capacityBytes: count(sent.capacityBytes),
    usedBytes: count(sent.usedBytes),
    availableBytes: count(sent.availableBytes),
  }
  return {...figures, ...inodesOf(sent), measuredAt: timeOf(sent.time)}
}

/** More free than there are: a driver's -1, of a file system that makes inodes as it needs them (ceph-csi before 3.8). */
function inodesOf(sent: Parts): Pick<DiskUsage, 'inodes' | 'inodesUsed' | 'inodesFree'> {
  const inodes = count(sent.inodes)
  const inodesUsed = count(sent.inodesUsed)
  const inodesFree = count(sent.inodesFree)
  const isLimited = (inodes ?? 0) > 0 && (inodesFree ?? 0) <= (inodes ?? 0)
  return isLimited ? {inodes, inodesUsed, inodesFree} : {inodes: null, inodesUsed, inodesFree: null}
}

/** A count of bytes or inodes; what is more than 2^53 is not exact, and need not be. */
function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

function timeOf(value: unknown): string | null {
  return typeof value === 'string' && TIME.test(value) ? value : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function partsOf(value: unknown): Parts {
  return typeof value === 'object' && value !== null ? (value as Parts) : {}
}
