import type {FlagInput} from '@oclif/core/interfaces'

/**
 * oclif refuses a value that could be a flag, even in `--namespace=-A`; pflag takes it. So values pass oclif behind
 * a sign that begins no flag.
 */
const SIGN = '='

/** Flags as `normalizeArgv` spells them, with the sign before each value. */
export function sealed(flags: readonly string[]): readonly string[] {
  return flags.map((flag) => flag.replace('=', `=${SIGN}`))
}

/** The same flags, taking the sign off what was given; oclif's `options` would be compared with the sign. */
export function unsealing(flags: FlagInput): FlagInput {
  return Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => {
      if (flag.type === 'boolean') return [name, flag]
      const parse: typeof flag.parse = (input, ...rest) => flag.parse(input.slice(SIGN.length), ...rest)
      return [name, {...flag, parse}]
    }),
  )
}
