import type {Command} from '../../command.ts'
import {FlagNeedsArgument, type GivenFlags, parseArgv, understood} from '../../command-line/argv.ts'
import type {Flags} from '../../command-line/flag.ts'
import {NOTHING, type Place, plainWords} from '../../command-line/place.ts'

/** A command line up to where TAB was pressed. */
export interface Line {
  readonly before: readonly string[]
  /** The word that is being typed; empty at its beginning. */
  readonly typed: string
}

/** What may stand where TAB was pressed: a flag of some, or what a place is for. */
export type Found = {readonly flags: Flags} | {readonly place: Place; readonly typed: string}

/** `general`: flags of every command; `any`: every flag that there is. */
export interface Grammar {
  readonly commands: Readonly<Record<string, Command>>
  readonly general: Flags
  readonly any: Flags
}

/** Behind `=` the shell takes what is typed for a word of its own, so that `typed` may be a part of the line's. */
export function placeIn({before, typed}: Line, {commands, general, any}: Grammar): Found {
  const {words, given} = understood(before, any)
  const [name, ...others] = words
  const command = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined
  const flags = command ? {...command.flags, ...general} : general
  if (!before.includes('--')) {
    const waiting = waitingIn(before, any)
    if (waiting !== undefined) return {place: valuePlace(any, waiting), typed}
    if (typed.startsWith('-')) return inFlag(typed, flags, given)
  }
  if (command) return {place: command.place?.(others) ?? NOTHING, typed}
  return {place: words.length === 0 || words.join() === 'help' ? names(commands, words) : NOTHING, typed}
}

function names(commands: Grammar['commands'], words: readonly string[]): Place {
  const known = Object.entries(commands).map(([word, {summary}]) => ({word, meaning: summary}))
  const help = words.length === 0 ? [{word: 'help', meaning: 'Help about a command'}] : []
  return {of: 'words', words: [...known, ...help]}
}

/** Name of the flag that the next word is the value of. */
function waitingIn(before: readonly string[], flags: Flags): string | undefined {
  try {
    parseArgv(before, flags)
    return undefined
  } catch (error) {
    return error instanceof FlagNeedsArgument ? error.flag : undefined
  }
}

function inFlag(typed: string, flags: Flags, given: GivenFlags): Found {
  const [, name, value] = /^--([^=]+)=(.*)$/s.exec(typed) ?? []
  if (name !== undefined && value !== undefined) return {place: valuePlace(flags, name), typed: value}
  const open = Object.entries(flags).filter(
    ([each, flag]) => !flag.hidden && (!given.has(each) || 'multiple' in flag),
  )
  return {flags: Object.fromEntries(open)}
}

function valuePlace(flags: Flags, name: string): Place {
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined
  if (flag?.type === 'boolean') return plainWords(['true', 'false'])
  return flag?.place ?? NOTHING
}
