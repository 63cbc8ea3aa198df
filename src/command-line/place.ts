import type {Naming} from './names.ts'

/** What may stand somewhere in a command line, for whoever presses TAB there. */
export type Place =
  | {readonly of: 'nothing'}
  | {readonly of: 'words'; readonly words: readonly Word[]}
  | {readonly of: 'files'}
  | {readonly of: 'namespaces'}
  | {readonly of: 'causes'}
  | {readonly of: 'kubeconfig'; readonly part: 'contexts' | 'clusters' | 'users'}
  | {
      readonly of: 'objects'
      readonly naming: Naming
      readonly named: readonly string[]
      readonly zones?: true
    }

/** A word, and what it means. */
export interface Word {
  readonly word: string
  readonly meaning?: string
}

export const NOTHING: Place = {of: 'nothing'}

/** Words that mean what they say. */
export function plainWords(words: readonly string[]): Place {
  return {of: 'words', words: words.map((word) => ({word}))}
}
