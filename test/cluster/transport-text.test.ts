import {expect, test} from 'vitest'
import {podLog} from '../../src/cluster/pod-log.ts'
import {connected, failure, fakeServer, json, kubeconfig} from './fake-server.ts'

const need = {namespace: 'shop', pod: 'web-0', container: 'main', previous: true}

async function connectionTo(server: string) {
  return await connected({kubeconfig: kubeconfig(server, {token: 't'})})
}

test('what is no object is returned as the text that it is', async () => {
  const asked: (string | undefined)[] = []
  const server = await fakeServer((request, response) => {
    asked.push(request.url)
    response.writeHead(200, {'content-type': 'text/plain'}).end('{"not": an object\nlast ä\n')
  })
  const connection = await connectionTo(server.url)
  expect(await podLog(connection, need)).toEqual({...need, lines: ['{"not": an object', 'last ä']})
  expect(asked).toEqual([
    '/api/v1/namespaces/shop/pods/web-0/log?container=main&previous=true&tailLines=20&limitBytes=16384',
  ])
})

test('a refusal is the server’s own, as for objects', async () => {
  const message = 'pods "web-0" is forbidden: User "x" cannot get resource "pods/log"'
  const body = {kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Forbidden', message, code: 403}
  const server = await fakeServer((_, response) => json(response, body, 403))
  const connection = await connectionTo(server.url)
  expect(await podLog(connection, need)).toEqual({resource: 'pods/log', reason: 'Forbidden', message})
  expect(await failure(connection.text('/x'))).toMatchObject({
    message: `Error from server (Forbidden): ${message}`,
  })
})

test('a kubelet that is silent costs no more time than was given', async () => {
  const server = await fakeServer(() => undefined)
  const connection = await connectionTo(server.url)
  expect(await podLog(connection, need, AbortSignal.timeout(100))).toMatchObject({reason: 'Timeout'})
})
