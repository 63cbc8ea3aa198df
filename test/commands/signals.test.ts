import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'
import {expect, onTestFinished, test} from 'vitest'
import {fakeServer} from '../cluster/fake-server.ts'

const plugin = join(import.meta.dirname, '../../bin/run.js')

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s ends a command with %i, by way of everything that tidies up', async (signal, status) => {
  const {promise: isAsked, resolve} = Promise.withResolvers<void>()
  const {url} = await fakeServer(() => resolve(), {plain: true})
  const env = {PATH: process.env.PATH ?? '', HOME: '/nonexistent', KUBECONFIG: '/nonexistent/config'}
  const child = spawn(process.execPath, [plugin, 'coverage', '-s', url], {env, stdio: 'ignore'})
  onTestFinished(() => void child.kill('SIGKILL'))
  await isAsked
  child.kill(signal)
  expect(await once(child, 'exit')).toEqual([status, null])
})
