import type {Flags, FlagValues} from '../command-line/flag.ts'
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
  },
  like: {type: 'option', description: 'join: one more node like this one'},
  'never-ready': {
    type: 'option',
    description: 'Pods that never become ready when they are created again; repeatable',
    multiple: true,
  },
} as const satisfies Flags

export type WhatIfFlags = FlagValues<typeof whatIfFlags>

function readCount(text: string): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : undefined
  if (count === undefined) throw new UsageError(`--replicas=${text} is no count`)
  return count
}

function readPartition(text: string): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : undefined
  if (count === undefined) throw new UsageError(`--partition=${text} is no ordinal`)
  return count
}
