import type {ConnectionFlags} from '../../cluster/connect-flags.ts'
import type {Place, Word} from '../../command-line/place.ts'

/** What is offered for a typed word, and what the shell is to do with it. */
export interface Offer {
  readonly words: readonly Word[]
  readonly directive: number
}

/** Of cobra's ShellCompDirective (spf13/cobra 1.10 completions.go): the shell offers its own files. */
const FILES = 0
/** It offers none, and puts a blank behind the word, or does not. */
export const NO_FILES = 4
const NO_FILES_NO_BLANK = 6

export const NO_OFFER: Offer = {words: [], directive: NO_FILES}

/** @throws whatever reading a kubeconfig or a cluster throws */
export async function offerFor(
  place: Place,
  typed: string,
  flags: ConnectionFlags,
  signal: AbortSignal,
): Promise<Offer> {
  if (place.of === 'files') return {words: [], directive: FILES}
  if (place.of !== 'objects') {
    const words = fitting(await wordsFor(place, flags, signal), typed)
    return {words, directive: words.length > 0 && words.every(isBegun) ? NO_FILES_NO_BLANK : NO_FILES}
  }
  const {namesFor} = await import('./objects.ts')
  const {words, areTypes} = await namesFor(place, typed, flags, signal)
  const offered = fitting(words, typed)
  return {words: offered, directive: areTypes && offered.length > 0 ? NO_FILES_NO_BLANK : NO_FILES}
}

async function wordsFor(
  place: Exclude<Place, {of: 'files' | 'objects'}>,
  flags: ConnectionFlags,
  signal: AbortSignal,
): Promise<readonly Word[]> {
  if (place.of === 'words') return place.words
  if (place.of === 'causes') return (await import('./causes.ts')).causes
  if (place.of === 'kubeconfig') return (await import('./kubeconfig.ts')).entriesOf(place.part, flags)
  if (place.of === 'namespaces') {
    const {namespaceNames} = await import('./cluster-names.ts')
    return (await namespaceNames(flags, signal)).map((word) => ({word}))
  }
  return []
}

/** Something has to follow it, without a blank. */
function isBegun({word}: Word): boolean {
  return word.endsWith('=')
}

export function fitting(words: readonly Word[], typed: string): readonly Word[] {
  return words.filter(({word}) => word.startsWith(typed))
}
