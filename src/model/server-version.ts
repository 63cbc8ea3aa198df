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
  return first === undefined ? version.minor > newestOf(patches) : version.patch >= first
}

function newestOf(patches: FirstPatches): number {
  return Math.max(...Object.keys(patches).map(Number))
}

/** Undefined where the server did not tell, or told something else than `v1.<minor>`. */
export function serverVersionOf({server}: Pick<ClusterSnapshot, 'server'>): ServerVersion | undefined {
  const match = /^v?1\.(\d+)(?:\.(\d+))?/.exec(server?.version ?? '')
  return match ? {minor: Number(match[1]), patch: Number(match[2] ?? 0)} : undefined
}
