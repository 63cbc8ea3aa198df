import type {Relations} from '../../model/relations.ts'

/** Whether the server is of that minor version (and patch) or newer; undefined where it does not tell. */
export function isServerAtLeast(relations: Relations, minor: number, patch = 0): boolean | undefined {
  const match = /^v?1\.(\d+)(?:\.(\d+))?/.exec(relations.snapshot.server?.version ?? '')
  if (!match) return undefined
  const [theirs, theirPatch] = [Number(match[1]), Number(match[2] ?? 0)]
  return theirs > minor || (theirs === minor && theirPatch >= patch)
}
