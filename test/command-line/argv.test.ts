import fc from 'fast-check'
import {expect, test} from 'vitest'
import {parseArgv, wordsOf} from '../../src/command-line/argv.ts'
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

/** Words, and flags by their long names. */
type Read = readonly [string, Readonly<Record<string, boolean | string | readonly string[]>>]

function read(line: string): Read {
  const {given, words} = parseArgv(line === '' ? [] : line.split(' '), specs)
  return [words.join(' '), Object.fromEntries(given)]
}

test.for<[string, Read]>([
  ['', ['', {}]],
  ['map', ['map', {}]],
  ['map sts web', ['map sts web', {}]],
  ['-n shop map web', ['map web', {namespace: 'shop'}]],
  ['map --namespace=shop web', ['map web', {namespace: 'shop'}]],
  ['map -nshop', ['map', {namespace: 'shop'}]],
  ['map -n=shop', ['map', {namespace: 'shop'}]],
  ['map -n==shop', ['map', {namespace: '=shop'}]],
  ['map -n=', ['map', {namespace: '='}]],
  ['map --namespace= web', ['map web', {namespace: ''}]],
  ['map --namespace=a=b', ['map', {namespace: 'a=b'}]],
  ['map -n -A', ['map', {namespace: '-A'}]],
  ['map --namespace=-A', ['map', {namespace: '-A'}]],
  ['map -n --', ['map', {namespace: '--'}]],
  ['map -ojson', ['map', {output: 'json'}]],
  ['map -An kube-system', ['map', {'all-namespaces': true, namespace: 'kube-system'}]],
  ['map -Awojson', ['map', {'all-namespaces': true, watch: true, output: 'json'}]],
  ['map -A=false', ['map', {'all-namespaces': false}]],
  ['map -wA=false', ['map', {watch: true, 'all-namespaces': false}]],
  ['map --no-headers=false web', ['map web', {'no-headers': false}]],
  ['map --no-headers=T --watch=0', ['map', {'no-headers': true, watch: false}]],
  ['map --no-headers false', ['map false', {'no-headers': true}]],
  ['map -n a -n b', ['map', {namespace: 'b'}]],
  ['map -A --all-namespaces=false', ['map', {'all-namespaces': false}]],
  ['map -f a -f=b --filename c', ['map', {filename: ['a', 'b', 'c']}]],
  ['map -f a web', ['map web', {filename: ['a']}]],
  ['map -f -', ['map', {filename: ['-']}]],
  ['map - web', ['map - web', {}]],
  ['map -- -n shop', ['map -n shop', {}]],
  ['map -A -- --', ['map --', {'all-namespaces': true}]],
  ['-- map', ['map', {}]],
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
  expect(wordsOf(line === '' ? [] : line.split(' '), specs)[0]).toBe(command)
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
      const expected = flags.map(({name, value: text}) => {
        if (specs[name].type === 'boolean') return [name, true]
        return [name, name === 'filename' ? [text] : text]
      })
      const {given: parsed, words: rest} = parseArgv(argv, specs)
      expect([Object.fromEntries(parsed), rest]).toEqual([Object.fromEntries(expected), all])
    }),
  )
})
