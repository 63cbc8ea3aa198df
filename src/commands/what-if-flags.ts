import type {Flags, FlagValues} from '../command-line/flag.ts'
import {plainWords} from '../command-line/place.ts'
import {UsageError} from '../command-line/usage-error.ts'

/** Flags of what-if besides those of every question; each is for some of its actions. */
export const whatIfFlags = {
  replicas: {type: 'option', description: 'scale: how many there would be', read: readCount},
  partition: {type: 'option', description: 'update: with this partition', read: readPartition},
  'max-unavailable': {
    type: 'option',
    description: 'update: with this maxUnavailable, a number or a percentage',
  },
  cascade: {
    type: 'option',
    description: 'delete of a set: background, or orphan to leave its Pods',
    default: 'background',
    place: plainWords(['background', 'foreground', 'orphan']),
  },
  like: {
    type: 'option',
    description: 'join: one more node like this one',
    place: {of: 'objects', naming: {kinds: ['nodes']}, named: []},
  },
  'never-ready': {
    type: 'option',
    description:
      'Pods that never become ready when they are created again, those of a DaemonSet by their names or by their nodes; repeatable',
    multiple: true,
    place: {of: 'objects', naming: {kinds: ['pods']}, named: []},
  },
} as const satisfies Flags

export type WhatIfFlags = FlagValues<typeof whatIfFlags>

export const WANTS_REPLICAS =
  'The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0'
const MOST_REPLICAS = 100_000

function readCount(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(WANTS_REPLICAS)
  if (Number(text) > MOST_REPLICAS)
    throw new UsageError(`--replicas=${text} is more than can be worked out (${MOST_REPLICAS})`)
  return Number(text)
}

function readPartition(text: string): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : undefined
  if (count === undefined) throw new UsageError(`--partition=${text} is no ordinal`)
  return count
}
