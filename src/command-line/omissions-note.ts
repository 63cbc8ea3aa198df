import {clean} from '../model/clean.ts'
import {CUT, IN_PART, isBroken, type Omission, WRONG_SHAPE} from '../model/snapshot.ts'

/** Nobody saves these without a reason, and no answer but a further finding, or a column of -o wide, hangs on them: the report's omissions name them. */
const CONTRIBUTING: ReadonlySet<string> = new Set([
  'poddisruptionbudgets',
  'leases',
  'csinodes',
  'endpointslices',
])

/** That there may be more sets than those that were saved takes nothing from what is said of these. */
const WORKLOADS: ReadonlySet<string> = new Set(['statefulsets', 'daemonsets', 'deployments', 'replicasets'])

const OF_FILES: ReadonlySet<string> = new Set(['NotInFile', IN_PART])

/** One sentence for all that could not be seen; undefined when everything was. */
export function omissionsNote(all: readonly Omission[]): string | undefined {
  const omissions = all.filter(isWorthAWord)
  if (omissions.length === 0) return undefined
  const byReason = Map.groupBy(omissions, ({reason}) => reason)
  const parts = [...byReason].map(([reason, of]) => {
    const names = [...new Set(of.map(nameOf))].join(', ')
    if (reason === CUT) return of.map(({message}) => message).join('; ')
    if (reason === IN_PART) return `only in part in the files: ${names}`
    if (reason === WRONG_SHAPE) return `could not read all ${names} (${reason})`
    return reason === 'NotInFile' ? `not in the files: ${names}` : `could not read ${names} (${reason})`
  })
  return clean(`Warning: ${parts.join('; ')}; what they would tell is <unknown>`)
}

/** Of nodes that did not tell what is on their disks the message begins with their names; that one may ask none is said of all. */
function nameOf({resource, message}: Omission): string {
  const [, names] = resource === 'nodes/proxy' ? (NAMES.exec(message) ?? []) : []
  return names === undefined ? resource : `${resource} of ${names}`
}

const NAMES = /^([a-z0-9.-]+(?:, [a-z0-9.-]+)*(?: and \d+ more)?): /

function isWorthAWord({resource, reason}: Omission): boolean {
  if (reason === IN_PART && WORKLOADS.has(resource)) return false
  return !OF_FILES.has(reason) || !CONTRIBUTING.has(resource)
}

/** Which objects made no sense, for somebody who watches; undefined where all did. */
export function wrongNote(omissions: readonly Omission[]): string | undefined {
  const sentences = omissions.filter(({reason}) => reason === WRONG_SHAPE).map(({message}) => message)
  return sentences.length === 0
    ? undefined
    : clean(`Warning: ${sentences.map((each) => each.replace(/^error: /, '')).join('; ')}`)
}

/** A broken server may say of each of a thousand objects why it can't be read. */
const MOST_SENTENCES = 3

/** Why reading broke, in kubectl's words, a sentence a line; undefined where it did not. */
export function brokenSentences(omissions: readonly Omission[]): string | undefined {
  const sentences = [...new Set(omissions.filter(isBroken).map(sentenceOf))]
  if (sentences.length === 0) return undefined
  const rest = sentences.length - MOST_SENTENCES
  return [
    ...sentences.slice(0, MOST_SENTENCES),
    ...(rest > 0 ? [`error: and ${rest} more of this kind`] : []),
  ].join('\n')
}

/** The error that an omission was: that of a server without the prefix, any other whole. */
export function sentenceOf({reason, message}: Omission): string {
  const isWhole = /^(error: |Unable to connect to the server: |The connection to the server )/.test(message)
  return clean(isWhole ? message : `Error from server (${reason}): ${message}`)
}
