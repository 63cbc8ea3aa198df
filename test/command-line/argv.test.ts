import fc from 'fast-check'
import {expect, test} from 'vitest'
import {commandOf, type NormalArgv, normalizeArgv} from '../../src/command-line/argv.ts'
import {UsageError} from '../../src/command-line/usage-error.ts'

const specs = {
  namespace: {type: 'option', char: 'n'},
  output: {type: 'option', char: 'o'},
  filename: {type: 'option', char: 'f', multiple: true},
  'chunk-size': {type: 'option'},
  'all-namespaces': {type: 'boolean', char: 'A'},
  'no-headers': {type: 'boolean'},
  watch: {type: 'boolean', char: 'w'},
  help: {type: 'boolean', char: 'h'},
} as const

function read(line: string): NormalArgv {
  return normalizeArgv(line === '' ? [] : line.split(' '), specs)
}

test.for<[string, NormalArgv]>([
  ['', {flags: [], words: []}],
  ['map', {command: 'map', flags: [], words: []}],
  ['map sts web', {command: 'map', flags: [], words: ['sts', 'web']}],
  ['-n shop map web', {command: 'map', flags: ['--namespace=shop'], words: ['web']}],
  ['map --namespace=shop web', {command: 'map', flags: ['--namespace=shop'], words: ['web']}],
  ['map -nshop', {command: 'map', flags: ['--namespace=shop'], words: []}],
  ['map -n=shop', {command: 'map', flags: ['--namespace=shop'], words: []}],
  ['map -n==shop', {command: 'map', flags: ['--namespace==shop'], words: []}],
  ['map -n=', {command: 'map', flags: ['--namespace=='], words: []}],
  ['map --namespace= web', {command: 'map', flags: ['--namespace='], words: ['web']}],
  ['map --namespace=a=b', {command: 'map', flags: ['--namespace=a=b'], words: []}],
  ['map -n -A', {command: 'map', flags: ['--namespace=-A'], words: []}],
  ['map -n --', {command: 'map', flags: ['--namespace=--'], words: []}],
  ['map -ojson', {command: 'map', flags: ['--output=json'], words: []}],
  [
    'map -An kube-system',
    {command: 'map', flags: ['--all-namespaces', '--namespace=kube-system'], words: []},
  ],
  ['map -Awojson', {command: 'map', flags: ['--all-namespaces', '--watch', '--output=json'], words: []}],
  ['map -A=false', {command: 'map', flags: [], words: []}],
  ['map -wA=false', {command: 'map', flags: ['--watch'], words: []}],
  ['map --no-headers=false web', {command: 'map', flags: [], words: ['web']}],
  ['map --no-headers=T --watch=0', {command: 'map', flags: ['--no-headers'], words: []}],
  ['map --no-headers false', {command: 'map', flags: ['--no-headers'], words: ['false']}],
  ['map -n a -n b', {command: 'map', flags: ['--namespace=b'], words: []}],
  ['map -A --all-namespaces=false', {command: 'map', flags: [], words: []}],
  [
    'map -f a -f=b --filename c',
    {command: 'map', flags: ['--filename=a', '--filename=b', '--filename=c'], words: []},
  ],
  ['map -f a web', {command: 'map', flags: ['--filename=a'], words: ['web']}],
  ['map -f -', {command: 'map', flags: ['--filename=-'], words: []}],
  ['map - web', {command: 'map', flags: [], words: ['-', 'web']}],
  ['map -- -n shop', {command: 'map', flags: [], words: ['-n', 'shop']}],
  ['map -A -- --', {command: 'map', flags: ['--all-namespaces'], words: ['--']}],
  ['-- map', {command: 'map', flags: [], words: []}],
])('%s', ([line, expected]) => {
  expect(read(line)).toEqual(expected)
})

function refusal(line: string): readonly [string, string | undefined] {
  try {
    read(line)
  } catch (error) {
    if (error instanceof UsageError) return [error.message, error.suggestion]
  }
  throw new Error('not refused')
}

/** The sentences are those of spf13/pflag 1.0.10. */
test.for([
  ['map --nope', 'unknown flag: --nope', undefined],
  ['map --nope=x', 'unknown flag: --nope', undefined],
  ['map --namespac x', 'unknown flag: --namespac', 'did you mean --namespace?'],
  ['map --namspace x', 'unknown flag: --namspace', 'did you mean --namespace?'],
  ['map --outputt x', 'unknown flag: --outputt', 'did you mean --output?'],
  ['map --watsh', 'unknown flag: --watsh', 'did you mean --watch?'],
  ['map --constructor x', 'unknown flag: --constructor', undefined],
  ['map --__proto__', 'unknown flag: --__proto__', undefined],
  ['map -x', "unknown shorthand flag: 'x' in -x", undefined],
  ['map -Ax', "unknown shorthand flag: 'x' in -x", undefined],
  ['map -A=', "unknown shorthand flag: '=' in -=", undefined],
  [
    'map -A=maybe',
    'invalid argument "maybe" for "-A, --all-namespaces" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    undefined,
  ],
  [
    'map --no-headers=yes',
    'invalid argument "yes" for "--no-headers" flag: strconv.ParseBool: parsing "yes": invalid syntax',
    undefined,
  ],
  [
    'map --no-headers=',
    'invalid argument "" for "--no-headers" flag: strconv.ParseBool: parsing "": invalid syntax',
    undefined,
  ],
  ['map --namespace', 'flag needs an argument: --namespace', undefined],
  ['map -n', "flag needs an argument: 'n' in -n", undefined],
  ['map -An', "flag needs an argument: 'n' in -n", undefined],
  ['map --=x', 'bad flag syntax: --=x', undefined],
  ['map ---watch', 'bad flag syntax: ---watch', undefined],
] as const)('%s is refused: %s', ([line, message, suggestion]) => {
  expect(refusal(line)).toEqual([message, suggestion])
})

test.for([
  ['-n map coverage --nosuch', 'coverage'],
  ['coverage -n', 'coverage'],
  ['-Amap coverage', undefined],
  ['', undefined],
] as const)('of "%s" the command is %s, whatever else is wrong with it', ([line, command]) => {
  expect(commandOf(line === '' ? [] : line.split(' '), specs)).toBe(command)
})

type Given = {readonly name: keyof typeof specs; readonly value: string}

const value = fc.stringMatching(/^[a-z0-9=.,-]{1,6}$/)
const given: fc.Arbitrary<readonly Given[]> = fc.uniqueArray(
  fc.oneof(
    fc.record({name: fc.constantFrom('namespace', 'output', 'filename', 'chunk-size'), value}),
    fc.record({name: fc.constantFrom('all-namespaces', 'no-headers', 'watch'), value: fc.constant('true')}),
  ),
  {selector: ({name}) => name},
)

/** All ways that pflag lets one say it. */
function spellings({name, value: text}: Given): readonly (readonly string[])[] {
  const {type, char} = {char: undefined, ...specs[name]}
  const long =
    type === 'boolean' ? [[`--${name}`], [`--${name}=1`]] : [[`--${name}`, text], [`--${name}=${text}`]]
  if (char === undefined) return long
  if (type === 'boolean') return [...long, [`-${char}`], [`-${char}=t`]]
  const attached = text.startsWith('=') ? [] : [[`-${char}${text}`]]
  return [...long, [`-${char}`, text], [`-${char}=${text}`], ...attached]
}

test('whichever way flags are spelt and wherever they stand between the words, they say the same', () => {
  const choices = fc.array(fc.nat(), {minLength: 8, maxLength: 8})
  const words = fc.array(fc.stringMatching(/^[a-z/]{1,5}$/), {maxLength: 3})
  fc.assert(
    fc.property(given, words, choices, choices, (flags, others, spelling, position) => {
      const all = ['map', ...others]
      const spelt = flags.map((flag, index) => {
        const ways = spellings(flag)
        return ways[(spelling[index] ?? 0) % ways.length] ?? []
      })
      const places = flags
        .map((_, index) => (position[index] ?? 0) % (all.length + 1))
        .toSorted((left, right) => left - right)
      const argv = [...all, ''].flatMap((word, at) => [
        ...spelt.filter((_, index) => places[index] === at).flat(),
        ...(word ? [word] : []),
      ])
      const expected = flags.map(({name, value: text}) =>
        specs[name].type === 'boolean' ? `--${name}` : `--${name}=${text}`,
      )
      expect(normalizeArgv(argv, specs)).toEqual({command: 'map', flags: expected, words: others})
    }),
  )
})

test('what is normal already stays as it is', () => {
  fc.assert(
    fc.property(given, (flags) => {
      const first = normalizeArgv(['map', ...flags.flatMap((flag) => spellings(flag)[0] ?? [])], specs)
      expect(normalizeArgv(['map', ...first.flags, '--', ...first.words], specs)).toEqual(first)
    }),
  )
})
