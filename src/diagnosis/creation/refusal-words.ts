import {clean, withoutEnding} from '../../model/clean.ts'

/** `pods "db-0" is forbidden: `: which Pod it is, the sentence around it says already. */
const PREFIX = /^pods "[^"]*" is forbidden: /
/** OpenShift lists every constraint, most of which nobody has allowed that account. */
const NOT_USABLE = /,? ?provider "?[^\s",:]+"?: Forbidden: not usable by user or serviceaccount/g
/** Where a sentence about one field begins. */
const FIELD = /(?<=[ [])(?=\.?spec\.|provider )/
/** What is said again of the next container or volume. */
const PLACE = /(?:initContainers|ephemeralContainers|containers|volumes)\[\d+\]/g

const SHORT = 240
/** The sentence that says why is mostly one of many. */
const LONG = 480

/**
 * The API server's own words on one line: of a long refusal what concerns other policies, and what is said again of the
 * next container or volume, is left out before anything is cut.
 */
export function refusalWords(text: string): string {
  const line = clean(text.slice(0, 10 * LONG).replaceAll(/\s+/g, ' ')).trim()
  const steps = [line, shortened(line), shortened(line).replace(PREFIX, '')]
  const fitting = steps.find((step) => step.length <= SHORT) ?? steps.at(-1) ?? ''
  const letters = [...fitting]
  return letters.length > LONG ? `${letters.slice(0, LONG - 1).join('')}…` : fitting
}

function shortened(line: string): string {
  const told = line.replaceAll(NOT_USABLE, '').replaceAll(/\[, */g, '[')
  const short = withoutEnding(distinct(told.split(FIELD)).join(''), ', ')
  return short.split('[').length > short.split(']').length ? `${short}]` : short
}

/** Each thing once, whichever container or volume it is said of. */
function distinct(sentences: readonly string[]): readonly string[] {
  const keyOf = (sentence: string) => withoutEnding(sentence.replaceAll(PLACE, ''), ', ]')
  return [...Map.groupBy(sentences, keyOf).values()].flatMap(([first]) => first ?? [])
}
