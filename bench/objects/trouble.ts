/** How a Pod is: it works, its container crashes, or its node no longer answers. */
export type Health = 'ready' | 'crashing' | 'lost'

/** One ordinal of so many crashes, and one StatefulSet of so many lacks an ordinal. */
const ODD = 97

export function healthOf(set: number, ordinal: number, node: number): Health {
  if (isDown(node)) return 'lost'
  return (set * 31 + ordinal) % ODD === ODD - 1 ? 'crashing' : 'ready'
}

/** Whether this ordinal has no Pod. */
export function isHole(set: number, ordinal: number): boolean {
  return set % ODD === 11 && ordinal === 1
}

/** Whether the kubelet of this node is silent. */
export function isDown(node: number): boolean {
  return node % 501 === 77
}

/** A StatefulSet where all is well, and one with a Pod that crashes: they are there in every size. */
export const WELL = 4
export const UNWELL = 3

/** A node that is there, and well, in every size. */
export const HEALTHY_NODE = 0
