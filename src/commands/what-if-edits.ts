import {UsageError} from '../command-line/usage-error.ts'
import type {LabelEdit, TaintEdit} from '../reports/what-if/change.ts'

const EFFECTS: readonly string[] = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Reads `node/a dedicated=db:NoExecute dedicated-`, as `kubectl taint` does. @throws UsageError in its words */
export function readTaints(words: readonly string[]): {edits: readonly TaintEdit[]; rest: readonly string[]} {
  const [rest, specs] = parted(words, /[=:]|-$/)
  if (specs.length === 0) throw new UsageError('at least one taint update is required')
  return {rest, edits: specs.map(readTaint)}
}

function readTaint(word: string): TaintEdit {
  const isRemoved = word.endsWith('-')
  const text = isRemoved ? word.slice(0, -1) : word
  const at = text.lastIndexOf(':')
  const [pair, effect] = at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
  const [key = '', value] = pair.split('=', 2)
  if (key === '' || (!isRemoved && effect === '')) throw new UsageError(`invalid taint spec: ${word}`)
  if (effect !== '' && !EFFECTS.includes(effect))
    throw new UsageError(`invalid taint effect: ${effect}, unsupported taint effect`)
  return {isRemoved, taint: {key, effect, ...(value !== undefined && {value})}}
}

/** Reads `node/a disk=ssd disk-`, as `kubectl label` does. @throws UsageError in its words */
export function readLabels(words: readonly string[]): {edits: readonly LabelEdit[]; rest: readonly string[]} {
  const [rest, specs] = parted(words, /=|-$/)
  if (specs.length === 0) throw new UsageError('at least one label update is required')
  return {
    rest,
    edits: specs.map((word): LabelEdit => {
      const [key = '', value] = word.split('=', 2)
      return value === undefined ? {key: word.slice(0, -1), value: null} : {key, value}
    }),
  }
}

/** What names nodes, and what says how they are to be. */
function parted(words: readonly string[], sign: RegExp): readonly [readonly string[], readonly string[]] {
  const start = words.findIndex((word, index) => index > 0 && sign.test(word))
  return start < 0 ? [words, []] : [words.slice(0, start), words.slice(start)]
}
