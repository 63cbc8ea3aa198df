import {spawn} from 'node:child_process'
import {existsSync, openSync} from 'node:fs'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {describe, expect, test} from 'vitest'
import {environment} from '../run-plugin.ts'
import {capturedCluster} from './cluster.ts'
import {runFaulty} from './run.ts'
import {faultyServer} from './server.ts'

const ROOT = join(import.meta.dirname, '../..')
const PLUGIN = join(ROOT, 'bin/run.js')
const FULL = '/dev/full'
const cluster = await capturedCluster('stuck-rollout')

describe.skipIf(!existsSync(FULL))('a disk that is full', () => {
  test.concurrent.each([
    ['snapshot'],
    ['map', '-o', 'json'],
    ['map', '-o', 'markdown'],
    ['map', '-o', 'html'],
    ['status'],
    ['why', 'sts/db'],
    ['rollout', '--watch'],
    ['rollout', 'sts/db', '--wait'],
    ['--help'],
  ])('%s %s %s', async (...args) => {
    const server = await faultyServer(cluster)
    try {
      const {code, stderr} = await runFaulty(args, {url: server.url, stdout: openSync(FULL, 'w')})
      expect({code, stderr}).toEqual({
        code: 2,
        stderr: 'error: the answer could not be written: ENOSPC: no space left on device, write\n',
      })
    } finally {
      await server.close()
    }
  })

  test('a sentence that can not be written leaves the exit status', async () => {
    const stdio = ['ignore', 'pipe', openSync(FULL, 'w')] as const
    const child = spawn(process.execPath, [PLUGIN, 'nosuch'], {stdio: [...stdio]})
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2)
  })
})

describe('a home that is not there', () => {
  const homes = [undefined, '', '/nonexistent', '/dev/null', 'relative', FULL]
  const lines = ['--help', 'map --help', '--version', 'map -f examples/stuck-rollout.yaml']
  test.concurrent.each(homes.map((home, index) => [home, lines[index % lines.length] ?? ''] as const))(
    'HOME=%s says nothing: %s',
    async (home, line) => {
      expect(await quiet(line, home)).toEqual({code: 0, stderr: ''})
    },
  )

  // only root may be somebody else
  test.skipIf(process.getuid?.() !== 0)('a user that the machine does not know has none', async () => {
    const unknown = {uid: 65_533, gid: 65_533}
    expect(await quiet('explain crash-loop', undefined, unknown)).toEqual({code: 0, stderr: ''})
  })
})

async function quiet(line: string, home: string | undefined, user: object = {}) {
  const {HOME: _, ...env} = environment
  const child = spawn(process.execPath, [PLUGIN, ...line.split(' ')], {
    cwd: ROOT,
    env: {...env, ...(home !== undefined && {HOME: home})},
    stdio: ['ignore', 'ignore', 'pipe'],
    ...user,
  })
  const code = new Promise((resolve) => child.on('close', resolve))
  return {stderr: await text(child.stderr as NodeJS.ReadableStream), code: await code}
}
