import {join} from 'node:path'
import {expect, test} from 'vitest'
import {base64, connected, FIXTURES, failure, fakeServer, fixture, json, kubeconfig} from './fake-server.ts'

test('an object comes back as the server sent it, unknown fields and times included', async () => {
  const pod = {kind: 'Pod', metadata: {creationTimestamp: '2026-01-02T03:04:05.123456Z'}, madeUp: [1, null]}
  const server = await fakeServer((_, response) => json(response, pod))
  const connection = await connected({kubeconfig: kubeconfig(server.url, {token: 'secret-token'})})
  expect(
    await connection.get('/api/v1/pods/x', {limit: 500, continue: undefined, labelSelector: 'a=b,c'}),
  ).toEqual(pod)
  expect(connection).toMatchObject({server: server.url, namespace: 'shop', notes: []})
  const [request] = server.requests
  expect(request?.method).toBe('GET')
  expect(request?.url).toBe('/api/v1/pods/x?limit=500&labelSelector=a%3Db%2Cc')
  expect(request?.headers).toMatchObject({
    authorization: 'Bearer secret-token',
    accept: 'application/vnd.kubernetes.protobuf, application/json',
    'accept-encoding': 'gzip',
    'user-agent': expect.stringMatching(/^kubectl-stateful\/\S+ \((linux|darwin|windows)\/\w+\)$/),
  })
})

test('requests one after the other share one TLS connection', async () => {
  const server = await fakeServer((_, response) => json(response, {}))
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  for (let count = 0; count < 20; count++) await connection.get('/api')
  expect(server.sockets).toHaveLength(1)
})

test('parallel requests open at most eight connections', async () => {
  const server = await fakeServer((_, response) => setTimeout(() => json(response, {}), 5))
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  await Promise.all(Array.from({length: 40}, () => connection.get('/api')))
  expect(server.requests).toHaveLength(40)
  expect(server.sockets.length).toBeLessThanOrEqual(8)
})

test('a server under a path keeps its path', async () => {
  const server = await fakeServer((_, response) => json(response, {}))
  const connection = await connected({kubeconfig: kubeconfig(`${server.url}/k8s/clusters/c-1/`)})
  await connection.get('/api/v1/nodes')
  expect(server.requests[0]?.url).toBe('/k8s/clusters/c-1/api/v1/nodes')
  expect(connection.server).toBe(`${server.url}/k8s/clusters/c-1`)
})

test('a client certificate is shown, by data and by file', async () => {
  const server = await fakeServer((_, response) => json(response, {}), {askForCertificate: true})
  const data = {
    'client-certificate-data': base64(fixture('client.crt')),
    'client-key-data': base64(fixture('client.key')),
  }
  await (await connected({kubeconfig: kubeconfig(server.url, data)})).get('/api')
  const flags = {clientCertificate: join(FIXTURES, 'client2.crt'), clientKey: join(FIXTURES, 'client2.key')}
  await (await connected({kubeconfig: kubeconfig(server.url, data), ...flags})).get('/api')
  expect(server.clients).toEqual(['test client', 'second client'])
})

test('a closed connection answers no more, and closing twice is harmless', async () => {
  const server = await fakeServer((_, response) => json(response, {}))
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  await connection.get('/api')
  await connection.close()
  await connection.close()
  expect((await failure(connection.get('/api'))).message).toBe('error: interrupted')
})
