import type {Node} from './objects.ts'
import type {ClusterSnapshot} from './snapshot.ts'

/** Of `v1.37.1`, `v1.29.4-gke.10` or `v1.27.3+k3s1` what rules go by. */
export interface ServerVersion {
  readonly minor: number
  readonly patch: number
}

/** Of each minor version the first patch that has something; all newer ones have it too. */
export type FirstPatches = Readonly<Record<number, number>>

/** Whether a server has what came with these patches; one that did not tell its version counts as new. */
export function hasSince(version: ServerVersion | undefined, patches: FirstPatches): boolean {
  if (!version) return true
  const first = patches[version.minor]
  return first === undefined ? version.minor > lastOf(patches) : version.patch >= first
}

function lastOf(patches: FirstPatches): number {
  return Math.max(...Object.keys(patches).map(Number))
}

/**
 * What the server told; where it did not, as in most files, what the kubelets tell of it: none of them is newer than the
 * API server. Undefined where nobody tells, or tells something else than `v1.<minor>`.
 */
export function serverVersionOf(told: Told): ServerVersion | undefined {
  if (told.server?.version) return versionIn(told.server.version)
  const {nodes = []} = told
  if (!newest.has(nodes)) newest.set(nodes, newestOf(nodes))
  return newest.get(nodes)
}

/** Each set asks again. */
const newest = new WeakMap<readonly Node[], ServerVersion | undefined>()

function newestOf(nodes: readonly Node[]): ServerVersion | undefined {
  const kubelets = nodes
    .map(({status}) => versionIn(status?.nodeInfo?.kubeletVersion))
    .filter((version) => version !== undefined && version.minor >= OLDEST)
  return kubelets.toSorted((left, right) => compare(left, right)).at(-1)
}

type Told = Pick<ClusterSnapshot, 'server'> & Partial<Pick<ClusterSnapshot, 'nodes'>>

/** What is older is the number of a virtual kubelet's own release. */
const OLDEST = 16

function versionIn(text: string | undefined): ServerVersion | undefined {
  const match = /^v?1\.(\d+)(?:\.(\d+))?/.exec(text ?? '')
  return match && !/-vk-/.test(text ?? '')
    ? {minor: Number(match[1]), patch: Number(match[2] ?? 0)}
    : undefined
}

function compare(left: ServerVersion | undefined, right: ServerVersion | undefined): number {
  return (left?.minor ?? 0) - (right?.minor ?? 0) || (left?.patch ?? 0) - (right?.patch ?? 0)
}
