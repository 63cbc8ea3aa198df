import {existsSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {open, withCluster} from '../../src/command-line/session.ts'
import {fakeServer, json, kubeconfig, temporaryFolder} from '../cluster/fake-server.ts'

function requestTo(file: string) {
  return {
    connection: {kubeconfig: file},
    files: [],
    isAllNamespaces: false,
    namespace: undefined,
    scope: {names: []},
    chunkSize: 500,
  }
}

const versionServer = () => fakeServer((_, response) => json(response, {gitVersion: 'v1.37.1'}))

test('a cluster is greeted before anybody knows what to ask, and only once', async () => {
  const server = await versionServer()
  const request = requestTo(kubeconfig(server.url, {token: 'x'}))
  const opening = open(request)
  expect(await opening.version).toBe('v1.37.1')
  const version = await withCluster(request, async (cluster) => await cluster.version, opening)
  expect(version).toBe('v1.37.1')
  expect(server.requests.map(({url}) => url)).toEqual(['/version'])
})

test('a credential plugin is not run before something is asked: it may ask questions, and would ask them twice', async () => {
  const server = await versionServer()
  const mark = join(temporaryFolder(), 'ran')
  const plugin = join(temporaryFolder(), 'plugin.mjs')
  writeFileSync(plugin, `import {writeFileSync} from 'node:fs'\nwriteFileSync(${JSON.stringify(mark)}, '')`)
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: [plugin],
    interactiveMode: 'Never',
  }
  const request = requestTo(kubeconfig(server.url, {exec}))
  const opening = open(request)
  expect(await opening.version).toBeUndefined()
  const seen = await withCluster(request, async (cluster) => 'version' in cluster, opening)
  expect({seen, ran: existsSync(mark), asked: server.requests.length}).toEqual({
    seen: false,
    ran: false,
    asked: 0,
  })
})

test('what can not be connected to is said to whoever asks', async () => {
  const request = requestTo(join(temporaryFolder(), 'missing'))
  const opening = open(request)
  expect(await opening.version).toBeUndefined()
  await expect(withCluster(request, async () => 'read', opening)).rejects.toThrow('missing')
})
