import {existsSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {readSmallFile} from '../../src/cluster/small-file.ts'
import {spawnPlugin} from '../spawn-plugin.ts'
import {kubeconfig} from './fake-server.ts'

const ENDLESS = '/dev/zero'
const SERVER = ['--server', 'https://127.0.0.1:1']

const EXEC = {apiVersion: 'client.authentication.k8s.io/v1', command: 'a', interactiveMode: 'Never'}

/** A kubeconfig with such a user. */
const withUser = (fields: object) => ['--kubeconfig', kubeconfig('https://127.0.0.1:1', fields)]

test('a file is read as it is', () => {
  expect(readSmallFile(import.meta.filename).toString()).toContain('a file is read as it is')
  expect(readSmallFile('/dev/null')).toHaveLength(0)
  expect(() => readSmallFile('/')).toThrow('EISDIR')
})

describe.skipIf(!existsSync(ENDLESS))('a file without end is refused in time', () => {
  // not side by side: vitest would remove the folders of all as soon as one of them has ended
  test.each([
    ['kubeconfig', () => ['--kubeconfig', ENDLESS]],
    ['authority', () => [...SERVER, '--token', 'a', '--certificate-authority', ENDLESS]],
    ['certificate', () => [...SERVER, '--client-certificate', ENDLESS, '--client-key', ENDLESS]],
    ['kuberc', () => [...withUser({exec: EXEC}), '--kuberc', ENDLESS]],
    ['token file', () => withUser({tokenFile: ENDLESS})],
    ['key of a file', () => withUser({'client-certificate': ENDLESS, 'client-key': ENDLESS})],
  ] as const)('%s', async (_, args) => {
    const {code, stderr} = await spawnPlugin(['map', ...args()], '/')
    expect({code, stderr}).toEqual({
      code: 2,
      stderr: expect.stringContaining(`read ${ENDLESS}: more than 16 MiB`),
    })
  })
})
