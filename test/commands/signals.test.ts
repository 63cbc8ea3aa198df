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
  const {promise: isRequested, resolve} = Promise.withResolvers<void>()
  const {url} = await fakeServer(() => resolve(), {plain: true})
  const env = {PATH: process.env.PATH ?? '', HOME: '/nonexistent', KUBECONFIG: '/nonexistent/config'}
  const child = spawn(process.execPath, [plugin, 'coverage', '-s', url], {env, stdio: 'ignore'})
  onTestFinished(() => void child.kill('SIGKILL'))
  await isRequested
  child.kill(signal)
  expect(await once(child, 'exit')).toEqual([status, null])
})

test('a reader that has seen enough ends a command with 0, and nobody is told', async () => {
  const set = {apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: {name: 'db'}, spec: {replicas: 20_000}}
  const child = spawn(process.execPath, [plugin, 'map', '-f', '-'], {stdio: ['pipe', 'pipe', 'pipe']})
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin.end(JSON.stringify(set))
  const errors: string[] = []
  child.stderr.on('data', (text) => errors.push(String(text)))
  child.stdout.once('data', () => child.stdout.destroy())
  expect(await once(child, 'close')).toEqual([0, null])
  expect(errors).toEqual([])
})
