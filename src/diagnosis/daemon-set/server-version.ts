import type {Relations} from '../../model/relations.ts'
import {serverVersionOf} from '../../model/server-version.ts'

/** Whether the server is of that minor version (and patch) or newer; undefined where it does not tell. */
export function isServerAtLeast({snapshot}: Relations, minor: number, patch = 0): boolean | undefined {
  const theirs = serverVersionOf(snapshot)
  return theirs && (theirs.minor > minor || (theirs.minor === minor && theirs.patch >= patch))
}
