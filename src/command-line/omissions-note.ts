import {clean} from '../model/clean.ts'
import {IN_PART, type Omission} from '../model/snapshot.ts'

/** Nobody saves these without a reason, and no answer but a further finding hangs on them: the report's omissions name them. */
const CONTRIBUTING: ReadonlySet<string> = new Set(['poddisruptionbudgets', 'leases'])

/** That there may be more sets than those that were saved takes nothing from what is said of these. */
const WORKLOADS: ReadonlySet<string> = new Set(['statefulsets', 'daemonsets', 'deployments', 'replicasets'])

const OF_FILES: ReadonlySet<string> = new Set(['NotInFile', IN_PART])

/** One sentence for all that could not be seen; undefined when everything was. */
export function omissionsNote(all: readonly Omission[]): string | undefined {
  const omissions = all.filter(isWorthAWord)
  if (omissions.length === 0) return undefined
  const byReason = Map.groupBy(omissions, ({reason}) => reason)
  const parts = [...byReason].map(([reason, of]) => {
    const names = [...new Set(of.map(({resource}) => resource))].join(', ')
    if (reason === IN_PART) return `only in part in the files: ${names}`
    return reason === 'NotInFile' ? `not in the files: ${names}` : `could not read ${names} (${reason})`
  })
  return clean(`Warning: ${parts.join('; ')}; what they would tell is <unknown>`)
}

function isWorthAWord({resource, reason}: Omission): boolean {
  if (reason === IN_PART && WORKLOADS.has(resource)) return false
  return !OF_FILES.has(reason) || !CONTRIBUTING.has(resource)
}
