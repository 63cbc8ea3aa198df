import {withoutEnding} from '../../model/clean.ts'

/** Fewer words are a name or a field, which may stand wherever it is needed. */
const LEAST_WORDS = 5
/** Stands in the place of what was said before. */
export const GAP = '…'

/** What was said so far in an answer, sentence by sentence. */
export type Said = Set<string>

/**
 * The text without the sentences that were said before, in whose place stands `…`: components say the same in a
 * condition, in a state and in an event. What is new in it is said from now on.
 */
export function unsaid(text: string, said: Said): string {
  const parts = sentencesOf(text).map((sentence) => {
    const key = keyOf(sentence)
    if (!isLong(key)) return sentence
    if (said.has(key)) return GAP
    said.add(key)
    return sentence
  })
  return joined(parts)
}

/** Short words between two gaps go with them. */
function joined(parts: readonly string[]): string {
  const isWeighty = parts.map((part) => part === GAP || isLong(keyOf(part)))
  const before = nearest(parts, isWeighty)
  const after = nearest(parts.toReversed(), isWeighty.toReversed()).toReversed()
  const isAmidGaps = (index: number) => before[index] === GAP && after[index] === GAP
  const kept = parts.filter((_, index) => isWeighty[index] || !isAmidGaps(index))
  return kept.filter((part, index) => part !== GAP || kept[index - 1] !== GAP).join(' ')
}

/** Of each place the last weighty part before it. */
function nearest(parts: readonly string[], isWeighty: readonly boolean[]): readonly (string | undefined)[] {
  let last: string | undefined
  return parts.map((part, index) => {
    const found = last
    if (isWeighty[index]) last = part
    return found
  })
}

/** Takes all sentences of a text as said. */
export function say(text: string, said: Said): void {
  for (const key of sentencesOf(text).map(keyOf).filter(isLong)) said.add(key)
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.:;!?])\s+/)
}

function isLong(key: string): boolean {
  return key.split(' ').length >= LEAST_WORDS
}

/** How long it has been so is not part of what is said. */
function keyOf(sentence: string): string {
  const said = sentence.replaceAll(
    /,? \(?(?:for \d+\w+|needs you|heals by itself|×\d+|last \d+\w+ ago)\)?/g,
    '',
  )
  return withoutEnding(said, '.,:;!?').toLowerCase()
}
