import {join} from 'node:path'
import {expect, test, vi} from 'vitest'
import {open, withCluster} from '../../src/command-line/session.ts'
import {type FakeServer, fakeServer, json, kubeconfig, temporaryFolder} from '../cluster/fake-server.ts'

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

const anyServer = () => fakeServer((_, response) => json(response, {}))

/** The connection that is being made, when it is there. */
async function dialed({sockets}: FakeServer): Promise<void> {
  await vi.waitFor(() => expect(sockets).not.toEqual([]), 10_000)
}

test('a cluster is dialed before anybody knows what to ask, and what is asked then goes that way', async () => {
  const server = await anyServer()
  const request = requestTo(kubeconfig(server.url, {token: 'x'}))
  const opening = open(request)
  await dialed(server)
  expect(server.requests).toEqual([])
  await withCluster(request, ({connection}) => connection.get('/version'), opening)
  expect({asked: server.requests.map(({url}) => url), sockets: server.sockets.length}).toEqual({
    asked: ['/version'],
    sockets: 1,
  })
})

test('a connection that is lost before anybody asks is made again', async () => {
  const server = await anyServer()
  const request = requestTo(kubeconfig(server.url, {token: 'x'}))
  const opening = open(request)
  await dialed(server)
  const [first] = server.sockets
  const gone = new Promise((resolve) => first?.once('close', resolve))
  first?.destroy()
  await gone
  await withCluster(request, ({connection}) => connection.get('/version'), opening)
  expect(server.requests.map(({url}) => url)).toEqual(['/version'])
})

test('a credential plugin is not run before something is asked: it may ask questions itself', async () => {
  const server = await anyServer()
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: ['-e', 'process.exit(3)'],
    interactiveMode: 'Never',
  }
  const request = requestTo(kubeconfig(server.url, {exec}))
  const opening = open(request)
  await opening.connection
  expect(server.sockets).toEqual([])
  const asked = withCluster(request, ({connection}) => connection.get('/version'), opening)
  await expect(asked).rejects.toThrow('failed with exit code 3')
})

test('what can not be connected to is said to whoever asks', async () => {
  const request = requestTo(join(temporaryFolder(), 'missing'))
  const opening = open(request)
  await opening.connection.catch(() => undefined)
  await expect(withCluster(request, async () => 'read', opening)).rejects.toThrow('missing')
})

test('a server that refuses whoever dials is said to whoever asks', async () => {
  const request = requestTo(kubeconfig('https://127.0.0.1:1', {token: 'x'}))
  const opening = open(request)
  await opening.connection
  const asked = withCluster(request, ({connection}) => connection.get('/version'), opening)
  await expect(asked).rejects.toThrow('The connection to the server 127.0.0.1:1 was refused')
})
