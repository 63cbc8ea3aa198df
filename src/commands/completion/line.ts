import type {Command} from '../../command.ts'
import type {GivenFlags, Understood} from '../../command-line/argv.ts'
import type {Flags} from '../../command-line/flag.ts'
import {NOTHING, type Place, plainWords} from '../../command-line/place.ts'

/** What may stand where TAB was pressed: a flag of some, or what a place is for. */
export type Found = {readonly flags: Flags} | {readonly place: Place; readonly typed: string}

/** `general`: flags of every command; `any`: every flag that there is. */
export interface Grammar {
  readonly commands: Readonly<Record<string, Command>>
  readonly general: Flags
  readonly any: Flags
}

/** Behind `=` the shell takes what is typed for a word of its own, so that `typed` may be a part of the line's. */
export function placeIn(
  {words, given, waiting, hasEnded}: Understood,
  typed: string,
  {commands, general, any}: Grammar,
): Found {
  const [name, ...others] = words
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  const flags = command ? {...command.flags, ...general} : general
  // the command may come after its flags
  const known = {...any, ...flags}
  if (waiting !== undefined) return {place: valuePlace(known, waiting), typed}
  if (typed.startsWith('-') && !hasEnded) return behindEquals(typed, known) ?? {flags: open(flags, given)}
  if (command) return {place: command.place?.(others) ?? NOTHING, typed}
  return {place: words.length === 0 || words.join() === 'help' ? names(commands, words) : NOTHING, typed}
}

function names(commands: Grammar['commands'], words: readonly string[]): Place {
  const known = Object.entries(commands).map(([word, {summary}]) => ({word, meaning: summary}))
  const help = words.length === 0 ? [{word: 'help', meaning: 'Help about a command'}] : []
  return {of: 'words', words: [...known, ...help]}
}

function behindEquals(typed: string, flags: Flags): Found | undefined {
  const [, name, value] = /^--([^=]+)=(.*)$/s.exec(typed) ?? []
  return name === undefined || value === undefined
    ? undefined
    : {place: valuePlace(flags, name), typed: value}
}

/** Those that may still be given. */
function open(flags: Flags, given: GivenFlags): Flags {
  return Object.fromEntries(
    Object.entries(flags).filter(([name, flag]) => !flag.hidden && (!given.has(name) || 'multiple' in flag)),
  )
}

function valuePlace(flags: Flags, name: string): Place {
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined
  if (flag?.type === 'boolean') return plainWords(['true', 'false'])
  return flag?.place ?? NOTHING
}
