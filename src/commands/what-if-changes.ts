import type {Naming} from '../command-line/names.ts'
import {NOTHING, type Place} from '../command-line/place.ts'
import {UsageError} from '../command-line/usage-error.ts'
import type {Change} from '../reports/what-if/change.ts'
import {readLabels, readTaints} from './what-if-edits.ts'
import {WANTS_REPLICAS, type WhatIfFlags} from './what-if-flags.ts'

/** A change as somebody words it. */
interface WhatIf {
  readonly naming: Naming
  /** Flags that it takes besides those of every question. */
  readonly flags: readonly string[]
  /** What the next word may be, after these; absent: another object. */
  readonly place?: (named: readonly string[]) => Place
  /** The change, and the words that name objects. @throws UsageError in kubectl's words */
  readonly read: (
    flags: WhatIfFlags,
    words: readonly string[],
  ) => {readonly change: Change; readonly rest: readonly string[]}
}

const NODES: Naming = {kinds: ['nodes']}
const NEVER = 'never-ready'

/** Each action by its name. */
export const whatIfs: Readonly<Record<string, WhatIf>> = {
  drain: {
    naming: NODES,
    flags: [NEVER],
    read: (flags, words) => ({
      change: {action: 'drain', neverReady: flags[NEVER]},
      rest: someOf(words, 'node'),
    }),
  },
  lose: {
    naming: NODES,
    flags: [NEVER],
    read: readLoss,
    place: (named) => ({of: 'objects', naming: NODES, named, zones: true}),
  },
  scale: {naming: {kinds: ['statefulSets'], isOne: true}, flags: ['replicas', NEVER], read: readScale},
  update: {
    naming: {kinds: ['statefulSets', 'daemonSets'], isOne: true},
    flags: ['partition', 'max-unavailable', NEVER],
    read: readUpdate,
  },
  delete: {
    naming: {kinds: ['pods', 'persistentVolumeClaims', 'statefulSets', 'daemonSets'], isOne: true},
    flags: ['cascade', NEVER],
    read: (flags, words) => ({
      change: {action: 'delete', isOrphaning: isOrphaning(flags.cascade), neverReady: flags[NEVER]},
      rest: words,
    }),
  },
  taint: {
    naming: NODES,
    place: oneNode,
    flags: [NEVER],
    read: (flags, words) => {
      const {edits, rest} = readTaints(words)
      return {change: {action: 'taint', edits, neverReady: flags[NEVER]}, rest: someOf(rest, 'node')}
    },
  },
  label: {
    naming: NODES,
    place: oneNode,
    flags: [NEVER],
    read: (flags, words) => {
      const {edits, rest} = readLabels(words)
      return {change: {action: 'label', edits, neverReady: flags[NEVER]}, rest: someOf(rest, 'node')}
    },
  },
  cordon: {
    naming: NODES,
    flags: [],
    read: (_, words) => ({change: {action: 'cordon', neverReady: []}, rest: someOf(words, 'node')}),
  },
  join: {
    naming: NODES,
    place: () => NOTHING,
    flags: ['like'],
    read: ({like}, words) => {
      if (like === undefined) throw new UsageError('like which node? say --like=node/NAME')
      if (words.length > 0) throw new UsageError(`unexpected arguments: ${words.join(' ')}`)
      return {change: {action: 'join', neverReady: []}, rest: [like]}
    },
  },
}

/** What is to be said of the node is not known. */
function oneNode(named: readonly string[]): Place {
  return named.length === 0 ? {of: 'objects', naming: NODES, named} : NOTHING
}

function someOf(words: readonly string[], what: string): readonly string[] {
  if (words.length === 0) throw new UsageError(`you must specify a ${what} name`)
  return words
}

const ZONE = 'zone/'

function readLoss(flags: WhatIfFlags, words: readonly string[]): ReturnType<WhatIf['read']> {
  const [first = '', ...others] = someOf(words, 'node or zone')
  const neverReady = flags[NEVER]
  if (!first.startsWith(ZONE)) return {change: {action: 'lose', neverReady}, rest: words}
  if (others.length > 0) throw new UsageError('one zone at a time')
  return {change: {action: 'lose', zone: first.slice(ZONE.length), neverReady}, rest: []}
}

function readScale(flags: WhatIfFlags, words: readonly string[]): ReturnType<WhatIf['read']> {
  const {replicas} = flags
  if (replicas === undefined) throw new UsageError(WANTS_REPLICAS)
  return {change: {action: 'scale', replicas, neverReady: flags[NEVER]}, rest: words}
}

function readUpdate(flags: WhatIfFlags, words: readonly string[]): ReturnType<WhatIf['read']> {
  const {partition} = flags
  if (partition !== undefined && /^(ds|daemonsets?)([./]|$)/i.test(words[0] ?? ''))
    throw new UsageError('--partition is not for a DaemonSet')
  const maxUnavailable = readUnavailable(flags['max-unavailable'])
  return {change: {action: 'update', partition, maxUnavailable, neverReady: flags[NEVER]}, rest: words}
}

function readUnavailable(text: string | undefined): number | string | undefined {
  if (text === undefined || /^\d{1,9}%$/.test(text)) return text
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UsageError(`--max-unavailable=${text} is neither a count nor a percentage`)
}

function isOrphaning(cascade: string): boolean {
  if (!['background', 'foreground', 'orphan'].includes(cascade))
    throw new UsageError(
      `invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`,
    )
  return cascade === 'orphan'
}
