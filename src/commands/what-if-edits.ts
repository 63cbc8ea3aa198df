import {UsageError} from '../command-line/usage-error.ts'
import {labelKeyFaults, labelValueFaults} from '../model/label-syntax.ts'
import type {LabelEdit, TaintEdit} from '../reports/what-if/change.ts'

const EFFECTS: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Reads `node/a dedicated=db:NoExecute dedicated-`, as `kubectl taint` does. @throws UsageError in its words */
export function readTaints(words: readonly string[]): {edits: readonly TaintEdit[]; rest: readonly string[]} {
  const [rest, specs] = parted(words, /[=:]|-$/, 'taint')
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

/** As `parseTaints` in kubectl's cmd/taint does. */
function readTaint(word: string): TaintEdit {
  const isRemoved = word.endsWith('-')
  const taint = parseTaint(isRemoved ? word.slice(0, -1) : word)
  if (!isRemoved && taint.effect === '') throw new UsageError(`invalid taint spec: ${word}`)
  return {isRemoved, taint}
}

/** `key=value:effect`, `key:effect` or `key`. */
function parseTaint(text: string): TaintEdit['taint'] {
  const invalid = (faults: readonly string[]) =>
    new UsageError(
      [`invalid taint spec: ${text}`, ...(faults.length > 0 ? [faults.join('; ')] : [])].join(', '),
    )
  const [left = '', effect, ...more] = text.split(':')
  if (more.length > 0) throw invalid([])
  if (effect !== undefined && !EFFECTS.includes(effect))
    throw new UsageError(`invalid taint effect: ${effect}, unsupported taint effect`)
  const [key = '', value, ...others] = effect === undefined ? [left] : left.split('=')
  if (others.length > 0) throw invalid([])
  const faults = [labelValueFaults(value ?? ''), labelKeyFaults(key)].find(({length}) => length > 0)
  if (faults) throw invalid(faults)
  return {key, effect: effect ?? '', ...(value !== undefined && {value})}
}

/** Reads `node/a disk=ssd disk-`, as `kubectl label` does. @throws UsageError in its words */
export function readLabels(words: readonly string[]): {edits: readonly LabelEdit[]; rest: readonly string[]} {
  const [rest, specs] = parted(words, /^[^=].*=|.-$/, 'label')
  if (specs.length === 0) throw new UsageError('at least one label update is required')
  const edits = specs.map(readLabel)
  const given = new Set(edits.filter(({value}) => value !== null).map(({key}) => key))
  if (edits.some(({key, value}) => value === null && given.has(key)))
    throw new UsageError('can not both modify and remove a label in the same command')
  return {rest, edits}
}

/** As `parseLabels` in kubectl's cmd/label does; of the key the API server says what is wrong. */
function readLabel(word: string): LabelEdit {
  const [key = '', value, ...more] = word.split('=')
  if (more.length > 0) throw new UsageError(`invalid label spec: ${word}`)
  if (value === undefined) return {key: word.slice(0, -1), value: null}
  const faults = labelValueFaults(value)
  if (faults.length > 0)
    throw new UsageError(`invalid label value: ${JSON.stringify(word)}: ${faults.join(';')}`)
  const [fault] = labelKeyFaults(key)
  if (fault) throw new UsageError(`metadata.labels: Invalid value: ${JSON.stringify(key)}: ${fault}`)
  return {key, value}
}

/** What names nodes, and what says how they are to be, as GetResourcesAndPairs in kubectl's cmd/util has them. */
function parted(words: readonly string[], sign: RegExp, what: string) {
  const start = words.findIndex((word, index) => index > 0 && sign.test(word))
  const specs = start < 0 ? [] : words.slice(start)
  const late = specs.find((word) => !sign.test(word))
  if (late !== undefined)
    throw new UsageError(`all resources must be specified before ${what} changes: ${late}`)
  return [start < 0 ? words : words.slice(0, start), specs] as const
}
