/** What a kubelet has measured of a file system; null where it has no such figure. */
export interface DiskUsage {
  readonly capacityBytes: number | null
  readonly usedBytes: number | null
  readonly availableBytes: number | null
  readonly inodes: number | null
  readonly inodesUsed: number | null
  readonly inodesFree: number | null
  /** RFC 3339; kubelets measure about once a minute. */
  readonly measuredAt: string | null
}

/** What was measured of the volume of a claim, on the node of a Pod that mounts it. */
export interface ClaimUsage extends DiskUsage {
  readonly namespace: string
  readonly claim: string
  readonly nodeName: string
}

/** A Pod whose claims a kubelet is asked about. */
export interface MeasuredPod {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly claims: readonly string[]
}

/** A node, and whose claims its kubelet is asked about. */
export interface UsageNeed {
  readonly nodeName: string
  readonly pods: readonly MeasuredPod[]
}

/** Of the space that an application may use, which share is free; undefined where that was not measured. */
export function freeShare({availableBytes, usedBytes}: DiskUsage): number | undefined {
  return shareOf(availableBytes, usedBytes)
}

/** The same of inodes; undefined where the file system has no fixed number of them. */
export function freeInodeShare({inodesFree, inodesUsed}: DiskUsage): number | undefined {
  return shareOf(inodesFree, inodesUsed)
}

/** As df counts: what is reserved for root is neither used nor free. */
function shareOf(free: number | null, used: number | null): number | undefined {
  if (free === null || used === null || free + used === 0) return undefined
  return free / (free + used)
}
