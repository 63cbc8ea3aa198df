import type {ConnectionFlags} from '../../cluster/connect-flags.ts'
import {type GivenFlags, understood} from '../../command-line/argv.ts'
import {connectionFlags} from '../../command-line/connection-flags.ts'
import {endAtOnce} from '../../command-line/exit-status.ts'
import {type Flags, readFlags} from '../../command-line/flag.ts'
import type {Word} from '../../command-line/place.ts'
import {connectionOf} from '../../command-line/request.ts'
import {clean} from '../../model/clean.ts'
import {type Grammar, placeIn} from './line.ts'
import {fitting, NO_FILES, NO_OFFER, type Offer, offerFor} from './offer.ts'

/** Milliseconds that somebody waits who has pressed TAB. */
const PATIENCE = 2000

/**
 * Writes what may follow a command line, as cobra's shells read it (spf13/cobra 1.10 completions.go): a word a line, its meaning
 * behind a tab, and at last what to do with them. Whatever goes wrong, nothing is offered, and nothing is said.
 * @param argv The words behind `kubectl stateful`; the last one is being typed.
 */
export async function complete(argv: readonly string[], grammar: Grammar): Promise<void> {
  const over = new AbortController()
  const late = setTimeout(() => over.abort(), PATIENCE)
  const offer = await Promise.race([offerIn(argv, grammar, over.signal), aborted(over.signal)]).catch(
    () => NO_OFFER,
  )
  clearTimeout(late)
  // what is still under way is not waited for
  process.stdout.write(textOf(offer), () => over.signal.aborted && endAtOnce('answered'))
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}

async function offerIn(argv: readonly string[], grammar: Grammar, signal: AbortSignal): Promise<Offer> {
  const typed = argv.at(-1) ?? ''
  const before = understood(argv.slice(0, -1), grammar.any)
  const found = placeIn(before, typed, grammar)
  if ('flags' in found) return {words: fitting(flagWords(found.flags), typed), directive: NO_FILES}
  const {given} = before
  if (found.place.of === 'objects' && takesNoNames(given)) return NO_OFFER
  return await offerFor(found.place, found.typed, connectionIn(given), signal)
}

/** Of all namespaces, and of saved objects, no cluster can say them. */
function takesNoNames(given: GivenFlags): boolean {
  return given.get('all-namespaces') === true || given.has('filename')
}

function connectionIn(given: GivenFlags): ConnectionFlags {
  const namespace = given.get('namespace')
  const flags = connectionOf(readFlags(given, connectionFlags))
  return {...flags, verbosity: 0, ...(typeof namespace === 'string' && {namespace})}
}

function flagWords(flags: Flags): readonly Word[] {
  return Object.entries(flags).map(([name, {description}]) => ({word: `--${name}`, meaning: description}))
}

/** A word that a terminal could take for something else is not offered. */
function textOf({words, directive}: Offer): string {
  const lines = words
    .filter(({word}) => word !== '' && clean(word) === word && !/\s/.test(word))
    .map(({word, meaning}) => (meaning === undefined ? word : `${word}\t${meaning}`))
  return [...lines, `:${directive}`, ''].join('\n')
}
