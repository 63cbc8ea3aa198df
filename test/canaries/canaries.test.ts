import {expect, test} from 'vitest'
import {runPlugin} from '../run-plugin.ts'
import {spawnPlugin} from '../spawn-plugin.ts'
import type {Ran} from '../transcript.ts'
import {addresses} from './addresses.ts'
import {answers} from './answers.ts'
import {mistakes, typos} from './mistakes.ts'
import {leaksIn, planted} from './planted.ts'
import {signingIn} from './sign-in.ts'
import type {Start} from './situation.ts'

const {stdout: options} = await runPlugin(['options'], '/')
/** What there is to see more, from least to most. */
const LEVELS = / --v\b|-v,/.test(options) ? [0, 1, 4, 6, 7, 8, 9, 10].map((level) => [`-v=${level}`]) : [[]]
const MOST = LEVELS.at(-1) ?? []

const argv = ({kubeconfig, flags = []}: Start) => [
  'map',
  ...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]),
  ...flags,
]

/** The built plugin, as it is started. */
const spawned = (start: Start, level: readonly string[] = MOST) =>
  spawnPlugin([...argv(start), ...level], '/', '', start.env)

function expectNoSecret({stdout, stderr}: Ran, says: RegExp): void {
  expect(stderr).toMatch(new RegExp(says, 'm'))
  expect(leaksIn(`${stdout}\n${stderr}`)).toEqual([])
}

test.for(Object.entries({...answers, ...signingIn, ...addresses, ...mistakes}))(
  'no secret is shown where there is %s, however much is said',
  async ([, {arrange, says}]) => expectNoSecret(await spawned(await arrange()), says),
)

test.for(Object.entries(typos))('nor where somebody has typed %s', async ([, {arrange, says}]) => {
  expectNoSecret(await runPlugin(argv(await arrange()), '/'), says)
})

test.for(LEVELS)('nor at %s, neither of a success nor of a failure', async (level) => {
  for (const situation of [
    mistakes['DEBUG=*'],
    answers['401 with a Status'],
    signingIn['name and password'],
  ]) {
    const {arrange, says = /never/} = situation ?? {}
    expectNoSecret(await spawned((await arrange?.()) ?? {}, level), says)
  }
})

test.for(['kanarie', planted('a'), `x${planted('a')}`, Buffer.from(`me:${planted('a')}`).toString('base64')])(
  'a secret would be found: %s',
  (text) => {
    expect(leaksIn(`so ${text}, ...`)).not.toEqual([])
  },
)
