/** How large a cluster is. */
export interface Size {
  readonly nodes: number
  /** StatefulSets, each with `replicas` ordinals, a claim and an attached volume each. */
  readonly sets: number
  readonly replicas: number
  /** DaemonSets that have a Pod on every node. */
  readonly daemons: number
}

export const SMALL: Size = {nodes: 80, sets: 20, replicas: 10, daemons: 3}
export const FULL: Size = {nodes: 5000, sets: 2000, replicas: 10, daemons: 3}

/** What is added to a cluster of one size to make it one of another. */
export interface Section {
  readonly from: Pick<Size, 'nodes' | 'sets'>
  readonly to: Size
}

/** The same cluster, so many times as small; with a node and a StatefulSet at least. */
export function shrunk(size: Size, divisor: number): Size {
  const part = (count: number) => Math.max(1, Math.round(count / divisor))
  return {...size, nodes: part(size.nodes), sets: part(size.sets)}
}

/** Number of objects that the questions of all namespaces read: each ordinal has a Pod, a claim, a volume and an attachment. */
export function objectsIn({nodes, sets, replicas, daemons}: Size): number {
  return nodes * (1 + daemons) + sets * (1 + 4 * replicas)
}

export function sizeName({nodes, sets, replicas, daemons}: Size): string {
  return `${nodes}-nodes-${sets}-sets-of-${replicas}-${daemons}-daemons`
}
