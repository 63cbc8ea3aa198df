import {clean} from '../model/clean.ts'
import {listed} from '../model/listed.ts'
import {withoutUids} from '../model/without-uids.ts'

/** As many names as an operator reads in one line; of more, how many there are says more. */
export const FEW = 5

/** `a, b`; `a, b, c, d, e and 7 more`. `hidden` is for texts that stand for several things each. */
export function fewText(texts: readonly string[], hidden: number = texts.length - FEW): string {
  return listed(texts, FEW, hidden)
}

/** As it begins a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** ` (a; b)` of those that say something; nothing where none does. */
export function inParentheses(...texts: readonly (string | undefined)[]): string {
  const given = texts.filter(Boolean)
  return given.length > 0 ? ` (${given.join('; ')})` : ''
}

/** Letters of a text in a message, and of the same text where it is the proof. */
const LONG = 240
const LONG_IN_PROOF = 1200

/**
 * What a cluster's component says, on one line, harmless to a terminal, without the UIDs of Pods, and no longer than an
 * answer may be. Of a long text both ends are kept: what happened stands at its end, and who says it at its beginning.
 */
export function quoted(text: string | null | undefined): string {
  return shortened(text, LONG)
}

/** The same as evidence, with more of it. */
export function quotedInProof(text: string | null | undefined): string {
  return shortened(text, LONG_IN_PROOF)
}

function shortened(text: string | null | undefined, long: number): string {
  const given = text ?? ''
  const part = 4 * long
  const ends = given.length > 2 * part ? `${given.slice(0, part)} ${given.slice(-part)}` : given
  const letters = [...clean(withoutUids(ends.replaceAll(/\s+/g, ' '))).trim()]
  if (letters.length <= long) return letters.join('')
  const first = Math.floor((long - 3) * 0.4)
  return `${letters.slice(0, first).join('').trimEnd()} … ${letters
    .slice(first + 3 - long)
    .join('')
    .trimStart()}`
}
