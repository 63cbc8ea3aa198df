import type {GivenFlags} from './argv.ts'
import type {Place} from './place.ts'
import {UsageError} from './usage-error.ts'

interface Declared {
  readonly char?: string
  readonly description: string
  readonly helpGroup?: string
  readonly hidden?: true
  /** What its value may be, for whoever presses TAB. */
  readonly place?: Place
  /** Why it can't be given with the other flags as they are; undefined: it can. */
  readonly check?: (flags: Readonly<Record<string, unknown>>) => string | undefined
}

interface Switch extends Declared {
  readonly type: 'boolean'
}

interface Option extends Declared {
  readonly type: 'option'
  readonly default?: string
  /** Value that a text stands for; @throws UsageError when it stands for none. */
  readonly read?: (text: string) => unknown
}

interface Repeatable extends Declared {
  readonly type: 'option'
  readonly multiple: true
}

/** A flag: how it is spelt, what help says of it (in oclif's words), what it means, and when it is refused. */
export type Flag = Switch | Option | Repeatable

export type Flags = Readonly<Record<string, Flag>>

type Meaning<F> = F extends {readonly read: (text: string) => infer Value} ? Value : string

type Value<F> = F extends {readonly type: 'boolean'}
  ? boolean
  : F extends {readonly multiple: true}
    ? readonly string[]
    : F extends {readonly default: string}
      ? Meaning<F>
      : Meaning<F> | undefined

/** What the flags say, given or not. */
export type FlagValues<F extends Flags> = {readonly [Name in keyof F]: Value<F[Name]>}

/** Values of all flags that are declared; of others that are given nothing is said. @throws UsageError for a bad one. */
export function readFlags<const F extends Flags>(given: GivenFlags, flags: F): FlagValues<F> {
  const values = Object.entries(flags).map(([name, flag]) => [name, meaningOf(flag, given.get(name))])
  return Object.fromEntries(values) as FlagValues<F>
}

function meaningOf(flag: Flag, given: ReturnType<GivenFlags['get']>): unknown {
  if (flag.type === 'boolean') return given === true
  if ('multiple' in flag) return given ?? []
  const text = given ?? flag.default
  return typeof text === 'string' && flag.read ? flag.read(text) : text
}

/** @throws UsageError for a flag that can't be given with the others. */
export function checkFlags(given: GivenFlags, flags: Flags, values: Readonly<Record<string, unknown>>): void {
  for (const [name, {check}] of Object.entries(flags)) {
    const reason = isSet(given.get(name)) ? check?.(values) : undefined
    if (reason) throw new UsageError(reason)
  }
}

/** `--watch=false` asks for nothing. */
function isSet(given: ReturnType<GivenFlags['get']>): boolean {
  return given !== undefined && given !== false
}
