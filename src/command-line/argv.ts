import {UsageError} from './usage-error.ts'

/** What the normaliser must know of a flag. */
interface FlagSpec {
  readonly type: 'boolean' | 'option'
  readonly char?: string | undefined
  readonly multiple?: boolean | undefined
}

export type FlagSpecs = Readonly<Record<string, FlagSpec>>

/** A command line in one spelling: `--flag=value` first, then `--`, then the words. */
export interface NormalArgv {
  /** The first word that is no flag; undefined when there is none. */
  readonly command?: string
  readonly flags: readonly string[]
  readonly words: readonly string[]
}

const TRUE = /^(1|t|T|true|TRUE|True)$/
const FALSE = /^(0|f|F|false|FALSE|False)$/

/**
 * Reads a command line by pflag's rules, which are kubectl's (spf13/pflag 1.0): flags before and after the
 * command, `--f=v`, `--f v`, `-fv`, `-f=v`, `-f v`, bundled shorthands, `--bool=false`, `--`; the last of a
 * repeated flag wins unless it may be given several times.
 * @throws UsageError in pflag's words.
 */
export function normalizeArgv(argv: readonly string[], specs: FlagSpecs): NormalArgv {
  const given = new Map<string, string[]>()
  const words: string[] = []
  read(argv, specs, given, words)
  const [command, ...others] = words
  return {...(command !== undefined && {command}), flags: [...given].flatMap(spell(specs)), words: others}
}

/** The command that a command line is for, as far as it can be understood: to help where it can't be. */
export function commandOf(argv: readonly string[], specs: FlagSpecs): string | undefined {
  const words: string[] = []
  try {
    read(argv, specs, new Map(), words)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
  }
  return words[0]
}

type Given = Map<string, string[]>

function read(argv: readonly string[], specs: FlagSpecs, given: Given, words: string[]): void {
  const rest = [...argv]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') words.push(...rest.splice(0))
    else if (word.startsWith('--')) long(word.slice(2), rest, specs, given)
    else if (word.startsWith('-') && word !== '-') shorthands(word.slice(1), rest, specs, given)
    else words.push(word)
  }
}

function long(text: string, rest: string[], specs: FlagSpecs, given: Given): void {
  if (/^[-=]/.test(text)) throw new UsageError(`bad flag syntax: --${text}`)
  const [name = '', ...values] = text.split('=')
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined
  if (!spec) throw new UsageError(`unknown flag: --${name}`, nearest(name, specs))
  set(name, valueFor(values.length > 0 ? values.join('=') : undefined, spec, rest, `--${name}`), spec, given)
}

function shorthands(text: string, rest: string[], specs: FlagSpecs, given: Given): void {
  const letter = text[0] ?? ''
  const [name, spec] = Object.entries(specs).find(([, {char}]) => char === letter) ?? []
  if (name === undefined || !spec) throw new UsageError(`unknown shorthand flag: '${letter}' in -${text}`)
  const tail = text.slice(1)
  const hasValue = tail.length > 1 && tail.startsWith('=')
  const isBundle = spec.type === 'boolean' && !hasValue
  const attached = isBundle || tail === '' ? undefined : tail.slice(hasValue ? 1 : 0)
  set(name, valueFor(attached, spec, rest, `'${letter}' in -${text}`), spec, given)
  if (isBundle && tail !== '') shorthands(tail, rest, specs, given)
}

function valueFor(attached: string | undefined, spec: FlagSpec, rest: string[], flag: string): string {
  const value = attached ?? (spec.type === 'boolean' ? 'true' : rest.shift())
  if (value === undefined) throw new UsageError(`flag needs an argument: ${flag}`)
  return value
}

function set(name: string, value: string, spec: FlagSpec, given: Given): void {
  if (spec.type === 'boolean' && !TRUE.test(value) && !FALSE.test(value)) {
    const flag = spec.char ? `-${spec.char}, --${name}` : `--${name}`
    const reason = `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`
    throw new UsageError(`invalid argument ${JSON.stringify(value)} for "${flag}" flag: ${reason}`)
  }
  given.set(name, spec.multiple ? [...(given.get(name) ?? []), value] : [value])
}

function spell(specs: FlagSpecs): (entry: [string, string[]]) => readonly string[] {
  return ([name, values]) => {
    if (specs[name]?.type !== 'boolean') return values.map((value) => `--${name}=${value}`)
    return TRUE.test(values[0] ?? '') ? [`--${name}`] : []
  }
}

/** A flag that the user may have meant: one letter off, or the beginning of one. */
function nearest(name: string, specs: FlagSpecs): string | undefined {
  const names = Object.keys(specs)
  const near =
    names.find((each) => each.startsWith(name) && name.length > 2) ?? names.find((each) => isNear(each, name))
  return near === undefined ? undefined : `did you mean --${near}?`
}

function isNear(left: string, right: string): boolean {
  const longer = left.length >= right.length ? left : right
  const shorter = longer === left ? right : left
  if (longer.length - shorter.length > 1 || shorter.length < 4) return false
  const at = [...longer].findIndex((letter, index) => letter !== shorter[index])
  const tail = longer.slice(at + 1)
  return tail === shorter.slice(at) || tail === shorter.slice(at + 1)
}
