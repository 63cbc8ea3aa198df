import {nearest} from './nearest.ts'
import {invalidArgument, meant, UsageError} from './usage-error.ts'

/** What the parser must know of a flag. */
interface Spelling {
  readonly type: 'boolean' | 'option'
  readonly char?: string | undefined
  readonly multiple?: boolean | undefined
}

type Spellings = Readonly<Record<string, Spelling>>

/** Flags that were given, by their long names; where one may be given several times, all that was said. */
export type GivenFlags = ReadonlyMap<string, boolean | string | readonly string[]>

/** A command line in its parts. */
export interface Argv {
  /** What is no flag, the command first. */
  readonly words: readonly string[]
  readonly given: GivenFlags
}

/** A command line as far as it can be understood. */
export interface Understood extends Argv {
  /** Name of the flag that the next word is the value of. */
  readonly waiting?: string
  /** After `--` no word is a flag. */
  readonly hasEnded: boolean
}

/** A command line while it is read. */
interface Parsing {
  hasEnded: boolean
  readonly specs: Spellings
  readonly rest: string[]
  readonly words: string[]
  readonly given: Map<string, boolean | string | readonly string[]>
}

/** A flag as it was given. */
interface Spelt {
  readonly name: string
  readonly as: string
}

/** The command line ends where the value of a flag should stand. */
class FlagNeedsArgument extends UsageError {
  readonly flag: string

  constructor({name, as}: Spelt) {
    super(`flag needs an argument: ${as}`)
    this.flag = name
  }
}

const TRUE = /^(1|t|T|true|TRUE|True)$/
const FALSE = /^(0|f|F|false|FALSE|False)$/

/**
 * Words and flags of a command line by pflag's rules, which are kubectl's (spf13/pflag 1.0): flags before and after
 * the command, `--f=v`, `--f v`, `-fv`, `-f=v`, `-f v`, bundled shorthands, `--bool=false`, `--`; the last of a
 * repeated flag wins unless it may be given several times.
 * @throws UsageError in pflag's words.
 */
export function parseArgv(argv: readonly string[], specs: Spellings): Argv {
  const parsing = startOf(argv, specs)
  parse(parsing)
  return parsing
}

/** Words of a command line as far as it can be understood: to help where it can't be. */
export function wordsOf(argv: readonly string[], specs: Spellings): readonly string[] {
  return understood(argv, specs).words
}

/** What of a command line makes sense, up to the first word that does not. */
export function understood(argv: readonly string[], specs: Spellings): Understood {
  const parsing = startOf(argv, specs)
  try {
    parse(parsing)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    if (error instanceof FlagNeedsArgument) return {...parsing, waiting: error.flag}
  }
  return parsing
}

function startOf(argv: readonly string[], specs: Spellings): Parsing {
  return {specs, rest: [...argv], words: [], given: new Map(), hasEnded: false}
}

function parse(parsing: Parsing): void {
  const {rest, words} = parsing
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      parsing.hasEnded = true
      words.push(...rest.splice(0))
    } else if (word.startsWith('--')) long(word.slice(2), parsing)
    else if (word.startsWith('-') && word !== '-') shorthands(word.slice(1), parsing)
    else words.push(word)
  }
}

function long(text: string, parsing: Parsing): void {
  const {specs} = parsing
  if (/^[-=]/.test(text)) throw new UsageError(`bad flag syntax: --${text}`)
  const [given = '', ...values] = text.split('=')
  // kubectl's flags may be spelt with `_` for `-`
  const name = given.replaceAll('_', '-')
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
  if (!spec) throw new UsageError(`unknown flag: --${given}`, meant(nearest(name, Object.keys(specs)), '--'))
  const attached = values.length > 0 ? values.join('=') : undefined
  set(name, spec, textFor(attached, spec, {name, as: `--${name}`}, parsing), parsing)
}

function shorthands(text: string, parsing: Parsing): void {
  const letter = text[0] ?? ''
  const [name, spec] = Object.entries(parsing.specs).find(([, {char}]) => char === letter) ?? []
  if (name === undefined || !spec) throw new UsageError(`unknown shorthand flag: '${letter}' in -${text}`)
  const tail = text.slice(1)
  const hasValue = tail.length > 1 && tail.startsWith('=')
  const isBundle = spec.type === 'boolean' && !hasValue
  const attached = isBundle || tail === '' ? undefined : tail.slice(hasValue ? 1 : 0)
  set(name, spec, textFor(attached, spec, {name, as: `'${letter}' in -${text}`}, parsing), parsing)
  if (isBundle && tail !== '') shorthands(tail, parsing)
}

function textFor(attached: string | undefined, {type}: Spelling, flag: Spelt, {rest}: Parsing): string {
  const text = attached ?? (type === 'boolean' ? 'true' : rest.shift())
  if (text === undefined) throw new FlagNeedsArgument(flag)
  return text
}

function set(name: string, spec: Spelling, text: string, {given}: Parsing): void {
  const before = given.get(name)
  if (spec.type === 'boolean') given.set(name, isTrue(text, name, spec))
  else if (spec.multiple) given.set(name, [...(Array.isArray(before) ? before : []), text])
  else given.set(name, text)
}

function isTrue(text: string, name: string, {char}: Spelling): boolean {
  if (TRUE.test(text)) return true
  if (FALSE.test(text)) return false
  const reason = `strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`
  throw invalidArgument(text, char ? `-${char}, --${name}` : `--${name}`, reason)
}
