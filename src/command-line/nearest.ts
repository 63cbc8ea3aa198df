import {distance} from 'fastest-levenshtein'

/** So many letters may be wrong: cobra's SuggestionsMinimumDistance, by which kubectl suggests commands. */
const MOST = 2
/** Whatever is shorter is near to anything. */
const SHORTEST = 3

/** The word of those that may have been meant: its beginning was given, or it is nearly spelt; undefined: none is near. */
export function nearest(given: string, words: readonly string[]): string | undefined {
  const word = given.toLowerCase()
  if (word.length < SHORTEST) return undefined
  const begun = words.find((each) => each.startsWith(word))
  if (begun !== undefined) return begun
  const [near] = words
    .filter((each) => each.length >= SHORTEST)
    .map((each) => ({each, steps: distance(word, each)}))
    .filter(({steps}) => steps <= MOST)
    .toSorted((left, right) => left.steps - right.steps)
  return near?.each
}
