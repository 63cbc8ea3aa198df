import {objectKey} from './objects.ts'

/** `data-a-web-0` may be a claim of the sets `a-web` and `web`: names alone do not tell where the template ends. */
export function possibleSets(): (namespace: string, claim: string) => readonly string[] {
  // those of all claims of a set are the same
  const known = new Map<string, readonly string[]>()
  return (namespace, claim) => {
    const end = claim.lastIndexOf('-')
    if (!/^\d+$/.test(claim.slice(end + 1))) return []
    const key = objectKey(namespace, claim.slice(0, end))
    const found = known.get(key) ?? suffixesOf(claim.slice(0, end)).map((set) => objectKey(namespace, set))
    known.set(key, found)
    return found
  }
}

/** `a-web` and `web` of `data-a-web`. */
function suffixesOf(name: string): readonly string[] {
  const parts = name.split('-')
  return parts.slice(1).map((_, index) => parts.slice(index + 1).join('-'))
}
