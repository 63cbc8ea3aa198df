import {UsageError} from '../command-line/usage-error.ts'
import type {LabelEdit, TaintEdit} from '../reports/what-if/change.ts'

const EFFECTS: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Reads `node/a dedicated=db:NoExecute dedicated-`, as `kubectl taint` does. @throws UsageError in its words */
export function readTaints(words: readonly string[]): {edits: readonly TaintEdit[]; rest: readonly string[]} {
  const [rest, specs] = parted(words, /[=:]|-$/)
  if (specs.length === 0) throw new UsageError('at least one taint update is required')
  const edits = specs.map(readTaint)
  refuseContradiction(edits)
  return {rest, edits}
}

/** As `parseTaints` and `TaintOptions.Validate` in kubectl's cmd/taint do. */
function refuseContradiction(edits: readonly TaintEdit[]): void {
  const added = edits.filter(({isRemoved}) => !isRemoved).map(({taint}) => taint)
  const removed = edits.filter(({isRemoved}) => isRemoved).map(({taint}) => taint)
  for (const [index, {key, effect, value = ''}] of added.entries())
    if (added.slice(0, index).some((other) => other.key === key && other.effect === effect))
      throw new UsageError(
        `duplicated taints with the same key and effect: {${key} ${value} ${effect} <nil>}`,
      )
  const both = added.flatMap(({key, effect}) =>
    removed.filter((other) => other.key === key && ['', effect].includes(other.effect)),
  )
  if (both.length > 0) {
    const named = both.map(({key, effect}) => `{"${key}":"${effect}"}`).join(', ')
    throw new UsageError(
      `can not both modify and remove the following taint(s) in the same command: ${named}`,
    )
  }
}

function readTaint(word: string): TaintEdit {
  const isRemoved = word.endsWith('-')
  const text = isRemoved ? word.slice(0, -1) : word
  const at = text.lastIndexOf(':')
  const [pair, effect] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
  const [key = '', value, ...more] = pair.split('=')
  if (key === '' || more.length > 0 || (!isRemoved && effect === ''))
    throw new UsageError(`invalid taint spec: ${word}`)
  if (effect !== '' && !EFFECTS.includes(effect))
    throw new UsageError(`invalid taint effect: ${effect}, unsupported taint effect`)
  return {isRemoved, taint: {key, effect, ...(value !== undefined && {value})}}
}

/** Reads `node/a disk=ssd disk-`, as `kubectl label` does. @throws UsageError in its words */
export function readLabels(words: readonly string[]): {edits: readonly LabelEdit[]; rest: readonly string[]} {
  const [rest, specs] = parted(words, /=|-$/)
  if (specs.length === 0) throw new UsageError('at least one label update is required')
  const edits = specs.map(readLabel)
  const given = new Set(edits.filter(({value}) => value !== null).map(({key}) => key))
  if (edits.some(({key, value}) => value === null && given.has(key)))
    throw new UsageError('can not both modify and remove a label in the same command')
  return {rest, edits}
}

function readLabel(word: string): LabelEdit {
  const [key = '', value, ...more] = word.split('=')
  if (more.length > 0) throw new UsageError(`invalid label spec: ${word}`)
  return value === undefined ? {key: word.slice(0, -1), value: null} : {key, value}
}

/** What names nodes, and what says how they are to be. */
function parted(words: readonly string[], sign: RegExp): readonly [readonly string[], readonly string[]] {
  const start = words.findIndex((word, index) => index > 0 && sign.test(word))
  return start < 0 ? [words, []] : [words.slice(0, start), words.slice(start)]
}
