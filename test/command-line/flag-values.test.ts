import {expect, test} from 'vitest'
import {parseArgv} from '../../src/command-line/argv.ts'
import {checkFlags, type Flags, readFlags} from '../../src/command-line/flag.ts'
import {formatOf, readColor, readTimeout} from '../../src/command-line/flag-values.ts'
import {questionFlags, watchFlag} from '../../src/command-line/flags.ts'
import {UsageError} from '../../src/command-line/usage-error.ts'
import {formats} from '../../src/render/formats.ts'

test.for(formats)('-o %s is a format', (format) => {
  expect(formatOf(formats)(format)).toBe(format)
})

test.for(['', 'xml', 'JSON', 'jsonpath={.a}', 'constructor'])('-o %s is none', (format) => {
  expect(() => formatOf(formats)(format)).toThrow(
    new UsageError(
      `unable to match a printer suitable for the output format ${JSON.stringify(format)}, allowed formats are: html,json,markdown,name,table,wide,yaml`,
    ),
  )
})

test('a command may have fewer formats', () => {
  expect(() => formatOf(['yaml', 'json'])('wide')).toThrow('allowed formats are: json,yaml')
})

test('--color is one of three words', () => {
  expect(['auto', 'always', 'never'].map(readColor)).toEqual(['auto', 'always', 'never'])
  expect(() => readColor('yes')).toThrow(
    new UsageError('invalid argument "yes" for "--color" flag: must be auto, always or never'),
  )
})

test.for([
  ['0', 0],
  ['90', 90_000],
  ['1m30s', 90_000],
  ['1000h', 2 ** 31 - 1],
] as const)('--timeout %s is %i ms', ([text, milliseconds]) => {
  expect(readTimeout(text)).toEqual({text, milliseconds})
})

test.for(['', '-1s', '5x', 'soon'])('--timeout %j is none', (text) => {
  const given = JSON.stringify(text)
  expect(() => readTimeout(text)).toThrow(
    new UsageError(`invalid argument ${given} for "--timeout" flag: time: invalid duration ${given}`),
  )
})

test('flags that are not given have their standard values', () => {
  const {output, color, filename, selector, ...others} = readFlags(new Map(), questionFlags)
  expect([output, color, filename, selector]).toEqual(['table', 'auto', [], undefined])
  expect([others['chunk-size'], others['exit-code']]).toEqual([500, false])
})

test('only the last text of a repeated flag is read', () => {
  const {given} = parseArgv(['-o', 'nosuch', '-o', 'json'], questionFlags)
  expect(readFlags(given, questionFlags).output).toBe('json')
})

const flags = {
  ...questionFlags,
  watch: watchFlag(''),
  needy: {type: 'option', description: '', check: ({watch}) => (watch ? undefined : 'needs --watch')},
} as const satisfies Flags

test.for([
  ['', undefined],
  ['--watch', undefined],
  ['--watch -o wide', undefined],
  ['--watch -o name', '--watch prints text: --output table or wide'],
  ['--watch=false -o name', undefined],
  ['-o name', undefined],
  ['--needy=', 'needs --watch'],
  ['--needy= -w', undefined],
] as const)('a flag is checked beside the others where it is given: %s', ([line, reason]) => {
  const {given} = parseArgv(line.split(' ').filter(Boolean), flags)
  const check = () => checkFlags(given, flags, readFlags(given, flags))
  if (reason) expect(check).toThrow(new UsageError(reason))
  else expect(check).not.toThrow()
})
