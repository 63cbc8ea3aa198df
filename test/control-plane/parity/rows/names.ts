import {cluster, config, flagRow, type Row} from '../row.ts'

const WORDS = [
  '..',
  '.',
  'a/b',
  'a%b',
  'a%2fb',
  '%2e%2e',
  '/',
  '../x',
  'a/../b',
  'a b',
  'ü',
  'A',
  'a.b',
  '-a',
  '_',
  'a:b',
  'a?b',
  'a#b',
  'a\\b',
  'a,b',
  '*',
  'x'.repeat(300),
  '…',
  "a'b",
  '$(x)',
  'a;b',
  'a\nb',
  'a\tb',
  '',
  ' ',
  '...',
  '.a',
  'kube-system',
]

export const nameRows: readonly Row[] = [
  ...WORDS.map((word) =>
    flagRow(
      () => ['-n', word],
      () => ({}),
      `-n ${JSON.stringify(word.slice(0, 20))}`,
    ),
  ),
  ...WORDS.slice(0, 12).map(
    (word): Row => ({
      name: `namespace of the context: ${JSON.stringify(word.slice(0, 20))}`,
      given: (site) => ({config: config(cluster(site), {token: 'abc'}, {namespace: word})}),
    }),
  ),
  ...WORDS.filter((word) => !/^-|,|^ ?$|\//.test(word)).map(
    (word): Row => ({
      name: `name ${JSON.stringify(word.slice(0, 20))}`,
      given: (site) => ({config: config(cluster(site)), names: [word]}),
    }),
  ),
  {
    name: 'name beside -n',
    given: (site) => ({config: config(cluster(site)), names: ['db'], flags: ['-n', 'shop']}),
  },
  {
    name: 'name beside -n ..',
    given: (site) => ({config: config(cluster(site)), names: ['db'], flags: ['-n', '..']}),
  },
  {name: 'name beside -A', given: (site) => ({config: config(cluster(site)), names: ['db'], flags: ['-A']})},
  {
    name: '-A beside a namespace that is none',
    given: (site) => ({config: config(cluster(site)), flags: ['-A', '-n', '..']}),
  },
  {name: 'selector', given: (site) => ({config: config(cluster(site)), flags: ['-l', 'a=b']})},
  {name: 'selector that is none', given: (site) => ({config: config(cluster(site)), flags: ['-l', '=']})},
  {
    name: 'selector beside a name',
    given: (site) => ({config: config(cluster(site)), names: ['db'], flags: ['-l', 'a=b']}),
  },
]
