import type {Finding} from '../../diagnosis/finding.ts'
import {withoutEnding} from '../../model/clean.ts'
import {listed} from '../../model/listed.ts'
import type {Line} from '../view.ts'

const FEW = 3

/** Where else the same is wrong: the names that differ, or the first few sentences. */
export function alsoLines(first: Finding, others: readonly Finding[]): readonly Line[] {
  const names = differingNames([first, ...others].map(({message}) => message))
  if (names) return names.length > 1 ? [{label: 'Also', text: listed(names.slice(1), MANY)}] : []
  const shown = others.slice(0, FEW).map(({message}) => message)
  const hidden = others.length - shown.length
  const texts = hidden > 0 ? [...shown, `${hidden} more; -o json has them all`] : shown
  return texts.map((text) => ({label: 'Also', text}))
}

const MANY = 8

/** What stands before a name, however short that is. */
const KINDS = /^(?:[Nn]ode|Pod|PersistentVolume(?:Claim)?)$/

/** Where sentences differ in one name only: those names, in their order. */
function differingNames(sentences: readonly string[]): readonly string[] | undefined {
  const split = sentences.map((sentence) => sentence.split(' '))
  const [first = []] = split
  if (split.some(({length}) => length !== first.length)) return undefined
  const places = first
    .map((_, place) => place)
    .filter((place) => split.some((words) => words[place] !== first[place]))
  const [place = -1] = places
  const names = split.map((words) => bare(words[place] ?? ''))
  const isNamed = KINDS.test(first[place - 1] ?? '') || names.every((name) => /[-/]/.test(name))
  return places.length === 1 && isNamed ? names : undefined
}

/** Without what stands around it in a sentence. */
function bare(word: string): string {
  return withoutEnding(word, ':,)').replace(/^\(/, '')
}
