import {clean} from '../model/clean.ts'
import type {Omission} from '../model/snapshot.ts'

/** Nobody saves these unasked, and no answer but a further finding hangs on them: the report's omissions name them. */
const CONTRIBUTING: ReadonlySet<string> = new Set(['poddisruptionbudgets', 'leases'])

/** One sentence for all that could not be seen; undefined when everything was. */
export function omissionsNote(all: readonly Omission[]): string | undefined {
  const omissions = all.filter(({resource, reason}) => reason !== 'NotInFile' || !CONTRIBUTING.has(resource))
  if (omissions.length === 0) return undefined
  const byReason = Map.groupBy(omissions, ({reason}) => reason)
  const parts = [...byReason].map(([reason, of]) => {
    const names = [...new Set(of.map(({resource}) => resource))].join(', ')
    return reason === 'NotInFile' ? `not in the files: ${names}` : `could not read ${names} (${reason})`
  })
  return clean(`Warning: ${parts.join('; ')}; what they would tell is <unknown>`)
}
