import {execFile} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import type {AddressInfo} from 'node:net'
import {createServer} from 'node:net'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {gzipSync} from 'node:zlib'
import {expect, onTestFinished, test} from 'vitest'
import type {ConnectionFlags} from '../../src/cluster/connect.ts'
import {createTransport} from '../../src/cluster/transport/transport.ts'
import {
  base64,
  connected,
  FIXTURES,
  failure,
  fakeServer,
  fixture,
  json,
  kubeconfig,
  temporaryFolder,
} from './fake-server.ts'

const CANARY = 'canary-token-5f1c'
const UNABLE = 'Unable to connect to the server: '

async function ask(
  server: string,
  flags: ConnectionFlags = {},
  user: object = {token: CANARY},
  cluster = {},
) {
  const connection = await connected({kubeconfig: kubeconfig(server, user, cluster), ...flags})
  return connection.get('/api/v1/pods')
}

function status(reason: string, message: string, code: number) {
  return {kind: 'Status', apiVersion: 'v1', status: 'Failure', reason, message, code}
}

test('a server that says nothing is given up, and the text names it and the flag', async () => {
  const server = await fakeServer(() => undefined)
  const error = await failure(ask(server.url, {requestTimeout: '300ms'}))
  expect(error).toMatchObject({
    name: 'ConnectionError',
    reason: 'Timeout',
    message: `${UNABLE}${server.url} did not answer within 300ms (as --request-timeout asks)`,
  })
})

test('a server that accepts and never shakes hands is given up as well', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1')
  onTestFinished(() => void silent.close())
  await new Promise((resolve) => silent.once('listening', resolve))
  const {port} = silent.address() as AddressInfo
  const error = await failure(ask(`https://127.0.0.1:${port}`, {requestTimeout: '300ms'}))
  expect(error.message).toContain(
    `https://127.0.0.1:${port} did not answer within 300ms (as --request-timeout asks)`,
  )
})

test('a server that falls silent in the middle is given up', async () => {
  const server = await fakeServer((_, response) => void response.writeHead(200).write('{"items":['))
  const error = await failure(ask(server.url, {requestTimeout: '300ms'}))
  expect(error).toMatchObject({reason: 'Timeout', message: expect.stringContaining('--request-timeout')})
})

test.each([
  ['plain', {}, '{"items":['],
  ['packed', {'content-encoding': 'gzip'}, gzipSync('{"items":[]}').subarray(0, 12)],
])('a %s body that is cut off is an error, not half a list', async (_, headers, part) => {
  const server = await fakeServer((_request, response) => {
    response.writeHead(200, {'content-length': '1000', ...headers}).write(part)
    setTimeout(() => response.destroy(), 20)
  })
  const message = expect.stringMatching(/unexpected EOF|connection reset/)
  expect(await failure(ask(server.url))).toMatchObject({reason: 'Unreachable', message})
  expect(server.requests).toHaveLength(1)
})

test('half a JSON text is an error that quotes none of it', async () => {
  const server = await fakeServer((_, response) => response.end(`{"items":["${CANARY}`))
  const {message} = await failure(ask(server.url))
  expect(message).toBe(`error: the answer of ${server.url} ends in the middle: it is not whole JSON`)
})

test('gzip is unpacked, and gzip that ends early is an error', async () => {
  const packed = gzipSync(JSON.stringify({kind: 'PodList', items: Array(1000).fill('x')}))
  const server = await fakeServer(({url}, response) => {
    response.writeHead(200, {'content-encoding': 'gzip', 'content-type': 'application/json'})
    response.end(url === '/whole' ? packed : packed.subarray(0, 20))
  })
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  expect(await connection.get('/whole')).toMatchObject({kind: 'PodList'})
  expect(await failure(connection.get('/cut'))).toMatchObject({
    reason: 'Malformed',
    message: `error: the answer of ${server.url} ends in the middle of what is packed with gzip`,
  })
})

test('compression can be turned off by flag and by kubeconfig', async () => {
  const server = await fakeServer((_, response) => json(response, {}))
  await ask(server.url, {disableCompression: true})
  await ask(server.url, {}, {token: 'abc'}, {'disable-compression': true})
  expect(server.requests.map(({headers}) => headers['accept-encoding'])).toEqual([undefined, undefined])
})

test.each<[string, number, string, string | object, object]>([
  [
    'a Status',
    403,
    'application/json',
    status('Forbidden', 'pods is forbidden: User "x"', 403),
    {
      message: 'Error from server (Forbidden): pods is forbidden: User "x"',
      code: 403,
      reason: 'Forbidden',
      detail: 'pods is forbidden: User "x"',
    },
  ],
  [
    'not found',
    404,
    'application/json',
    status('NotFound', 'pods "x" not found', 404),
    {message: 'Error from server (NotFound): pods "x" not found', reason: 'NotFound'},
  ],
  [
    'expired',
    410,
    'application/json',
    status('Expired', 'too old', 410),
    {message: 'Error from server (Expired): too old', code: 410, reason: 'Expired'},
  ],
  [
    'unauthorized',
    401,
    'application/json',
    status('Unauthorized', 'Unauthorized', 401),
    {message: 'error: You must be logged in to the server (Unauthorized)', reason: 'Unauthorized'},
  ],
  [
    'a Status without reason',
    500,
    'application/json',
    status('', 'boom \u001b[31m', 500),
    {message: 'Error from server: boom ^[[31m', reason: ''},
  ],
  [
    'a bare 404',
    404,
    'text/plain',
    '404 page not found',
    {
      message: 'Error from server (NotFound): the server could not find the requested resource',
      reason: 'NotFound',
    },
  ],
  ['a bare 403', 403, 'text/plain', 'no\u0007 way', {message: 'Error from server (Forbidden): no^G way'}],
  [
    'a bare 401',
    401,
    'text/plain',
    '',
    {
      message:
        'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
    },
  ],
  [
    'HTML of a gateway',
    502,
    'text/html',
    '<html><style>a{}</style><h1>Bad  Gateway</h1>\n<p>nginx</html>',
    {message: 'Error from server: 502 Bad Gateway: Bad Gateway nginx', code: 502},
  ],
  ['a redirect', 302, 'text/html', '', {message: 'Error from server: 302 Found'}],
])('%s is told in the words of kubectl', async (_, code, type, body, expected) => {
  const server = await fakeServer((_request, response) => {
    response
      .writeHead(code, {'content-type': type})
      .end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  expect(await failure(ask(server.url))).toMatchObject({name: 'StatusError', ...expected})
})

test('of a long foreign body no more than 200 characters are shown', async () => {
  const server = await fakeServer((_, response) =>
    response.writeHead(503, {'x-secret': CANARY}).end('x'.repeat(5000)),
  )
  const {detail} = await failure(ask(server.url))
  expect(String(detail).length).toBeLessThan(240)
})

test('an answer that is a page and not JSON is an error', async () => {
  const server = await fakeServer((_, response) => response.end('<h1>Please log in</h1>'))
  expect((await failure(ask(server.url))).message).toBe(
    `error: the answer of ${server.url} is not JSON: Please log in`,
  )
})

test('a busy server is asked again when it says when', async () => {
  let count = 0
  const server = await fakeServer((_, response) => {
    count++
    if (count > 2) json(response, {kind: 'Answer'})
    else response.writeHead(count === 1 ? 429 : 503, {'retry-after': '0'}).end()
  })
  expect(await ask(server.url)).toEqual({kind: 'Answer'})
  expect(count).toBe(3)
})

test('without Retry-After, or with one that is too long, it is not', async () => {
  const server = await fakeServer(({url}, response) => {
    response.writeHead(url === '/long' ? 429 : 500, url === '/long' ? {'retry-after': '3600'} : {})
    response.end(JSON.stringify(status('TooManyRequests', 'slow down', 429)))
  })
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  expect((await failure(connection.get('/long'))).message).toBe(
    'Error from server (TooManyRequests): slow down',
  )
  expect((await failure(connection.get('/short'))).message).toBe(
    'Error from server (TooManyRequests): slow down',
  )
  expect(server.requests).toHaveLength(2)
})

test('at most ten times', async () => {
  const server = await fakeServer((_, response) => response.writeHead(429, {'retry-after': '0'}).end())
  expect(await failure(ask(server.url))).toMatchObject({code: 429})
  expect(server.requests).toHaveLength(11)
})

test('a connection that is reset before an answer is tried again, but not without end', async () => {
  let left = 2
  const server = await fakeServer((request, response) =>
    left-- > 0 ? request.socket.destroy() : json(response, {}),
  )
  expect(await ask(server.url)).toEqual({})
  left = 100
  expect(await failure(ask(server.url))).toMatchObject({reason: 'Unreachable'})
  expect(server.requests).toHaveLength(6)
})

test('closing ends a wait', async () => {
  const server = await fakeServer((_, response) => response.writeHead(429, {'retry-after': '30'}).end())
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  const outcome = failure(connection.get('/api'))
  while (connection.notes.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await connection.close()
  expect((await outcome).message).toBe('error: interrupted')
  expect(connection.notes).toEqual([`Waiting 30s: ${server.url} is busy (429)`])
})

test('warnings of the server are shown once, cleaned, read as UTF-8', async () => {
  const lines = [
    'Warning: 299 - "a \\"quoted\\" one"',
    'Warning: 299 - "für\u009bm", 199 - "no"',
    'Content-Length: 2',
  ]
  const answer = ['HTTP/1.1 200 OK', ...lines, '', '{}'].join('\r\n')
  const server = await fakeServer(({socket}) => socket.write(answer))
  const connection = await connected({kubeconfig: kubeconfig(server.url)})
  await connection.get('/api')
  await connection.get('/api')
  expect(connection.notes).toEqual(['Warning: a "quoted" one', 'Warning: fürU+009Bm'])
})

test('to plain http no credentials are sent, but impersonation is', async () => {
  const server = await fakeServer((_, response) => json(response, {}), {plain: true})
  const user = {
    token: CANARY,
    as: 'me',
    exec: {apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'no-such'},
  }
  await ask(server.url, {}, user)
  await ask(server.url.replace('http://', ''), {}, user)
  for (const {headers} of server.requests) {
    expect(headers).not.toHaveProperty('authorization')
    expect(headers['impersonate-user']).toBe('me')
  }
  expect(server.requests).toHaveLength(2)
})

test('impersonation: groups and extras are headers of their own, keys escaped', async () => {
  const server = await fakeServer((_, response) => json(response, {}))
  await ask(server.url, {
    as: 'me',
    asUid: '7',
    asGroups: ['g 1', 'g2'],
    asUserExtra: ['a b/ü%=1', 'a b/ü%=2'],
  })
  const raw = server.requests[0]?.rawHeaders ?? []
  const pairs = raw.flatMap((name, index) =>
    /^impersonate/i.test(name) && index % 2 === 0 ? [[name, raw[index + 1]]] : [],
  )
  expect(pairs).toEqual([
    ['Impersonate-User', 'me'],
    ['Impersonate-Uid', '7'],
    ['Impersonate-Group', 'g 1'],
    ['Impersonate-Group', 'g2'],
    ['Impersonate-Extra-a%20b%2F%C3%BC%25', '1'],
    ['Impersonate-Extra-a%20b%2F%C3%BC%25', '2'],
  ])
})

test('a token file beats a token, and is read again after a 401', async () => {
  const path = join(temporaryFolder(), 'token')
  writeFileSync(path, ' first\n')
  const server = await fakeServer(({headers}, response) => {
    if (headers.authorization === 'Bearer second') return json(response, {})
    writeFileSync(path, 'second')
    json(response, status('Unauthorized', 'Unauthorized', 401), 401)
  })
  expect(await ask(server.url, {}, {token: 'other', tokenFile: path})).toEqual({})
  expect(server.requests.map(({headers}) => headers.authorization)).toEqual(['Bearer first', 'Bearer second'])
})

test('a key without a certificate is not looked at, as in kubectl', async () => {
  const server = await fakeServer((_, response) => json(response, {}))
  expect(await ask(server.url, {clientKey: '/nonexistent'})).toEqual({})
})

test('name and password are sent as basic authentication', async () => {
  const server = await fakeServer((_, response) => json(response, {}))
  await ask(server.url, {}, {username: 'me', password: 'p:w'})
  expect(server.requests[0]?.headers.authorization).toBe(`Basic ${base64('me:p:w')}`)
})

test.each<[string, string, ConnectionFlags, object, string]>([
  [
    'an unknown authority',
    'server',
    {},
    {'certificate-authority-data': base64(fixture('client.crt'))},
    'tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  [
    'another name',
    'other-name',
    {},
    {},
    "tls: failed to verify certificate: x509: cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs",
  ],
])('%s is refused', async (_, cert, flags, cluster, text) => {
  const server = await fakeServer((_request, response) => json(response, {}), {cert})
  expect(await failure(ask(server.url, flags, {token: CANARY}, cluster))).toMatchObject({
    message: UNABLE + text,
    reason: 'Untrusted',
  })
  expect(server.requests).toEqual([])
})

test('tls-server-name, a CA by file among others, and no check at all', async () => {
  const server = await fakeServer((_, response) => json(response, {}), {cert: 'other-name'})
  const bundle = join(temporaryFolder(), 'bundle.crt')
  writeFileSync(bundle, `# two\n${fixture('client.crt')}\n${fixture('ca.crt')}`)
  expect(await ask(server.url, {tlsServerName: 'elsewhere.test', certificateAuthority: bundle})).toEqual({})
  const connection = await connected({kubeconfig: kubeconfig(server.url), insecureSkipTlsVerify: true})
  expect(await connection.get('/api')).toEqual({})
  expect(connection.notes).toEqual([
    'Warning: the identity of the server is not checked (insecure-skip-tls-verify)',
  ])
})

test('a CA and no check at once, or a CA that is none, is an error', async () => {
  const both = {'insecure-skip-tls-verify': true, 'certificate-authority-data': base64(fixture('ca.crt'))}
  expect((await failure(ask('https://127.0.0.1:1', {}, {}, both))).message).toBe(
    'error: specifying a root certificates file with the insecure flag is not allowed',
  )
  const none = {'certificate-authority-data': base64('hello')}
  expect((await failure(ask('https://127.0.0.1:1', {}, {}, none))).message).toBe(
    'error: unable to load root certificates: unable to parse bytes as PEM block',
  )
})

test('https to a server that speaks http', async () => {
  const server = await fakeServer((_, response) => json(response, {}), {plain: true})
  const {message} = await failure(ask(server.url.replace('http:', 'https:')))
  expect(message).toBe(`${UNABLE}http: server gave HTTP response to HTTPS client`)
})

test('nobody there', async () => {
  const error = await failure(ask('https://127.0.0.1:1'))
  expect(error).toMatchObject({
    reason: 'Refused',
    message: 'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?',
  })
  expect((await failure(ask('https://no-such-host.invalid'))).message).toMatch(
    /lookup no-such-host\.invalid: /,
  )
})

test('neither token nor key nor password appear in any error', async () => {
  const key = fixture('client.key')
  const user = {
    token: CANARY,
    'client-certificate-data': base64(fixture('client.crt')),
    'client-key-data': base64(key),
  }
  const echo = await fakeServer((_, response) => response.destroy())
  const texts = await Promise.all([
    failure(ask('https://127.0.0.1:1', {}, user)),
    failure(ask(echo.url, {}, user)),
    failure(ask(echo.url, {requestTimeout: '1ms'}, user)),
    failure(ask(echo.url, {}, {...user, 'client-key-data': base64(`${CANARY}${key}`.slice(0, 90))})),
    failure(ask(echo.url, {}, {...user, username: 'me', password: CANARY})),
    failure(ask(echo.url, {}, {token: `${CANARY}\nx: y`})),
    failure(ask(`https://me:${CANARY}@127.0.0.1:1`, {}, user)),
    failure(ask('https://127.0.0.1:9', {}, user, {'proxy-url': `http://me:${CANARY}@127.0.0.1:1`})),
    failure(
      ask(
        'https://127.0.0.1:9',
        {},
        {
          'auth-provider': {
            name: 'oidc',
            config: {
              'id-token': CANARY,
              'refresh-token': CANARY,
              'client-id': 'c',
              'idp-issuer-url': 'https://i.test',
            },
          },
        },
      ),
    ),
  ])
  for (const error of texts) {
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain(CANARY)
    expect(error.message).not.toContain(base64(key).slice(0, 40))
  }
})

function idToken(expires: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({alg: 'none'})}.${part({exp: expires})}.signature`
}

test('an OIDC id-token is used while it is valid; a stale one is never refreshed here', async () => {
  const server = await fakeServer((_, response) => json(response, {}))
  const oidc = (token: string, more = {}) => ({
    'auth-provider': {
      name: 'oidc',
      config: {'idp-issuer-url': server.url, 'client-id': 'c', 'id-token': token, ...more},
    },
  })
  const valid = idToken(Date.now() / 1000 + 600)
  await ask(server.url, {}, oidc(valid))
  expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${valid}`)
  const stale = await failure(ask(server.url, {}, oidc(idToken(1), {'refresh-token': 'once'})))
  expect(stale.message).toBe(
    'error: the OIDC id-token of user "someone" has expired, and refreshing it is left to kubectl: run "kubectl get namespaces" once, then try again',
  )
  expect((await failure(ask(server.url, {}, oidc(idToken(1))))).message).toBe(
    `${UNABLE}No valid id-token, and cannot refresh without refresh-token`,
  )
  expect((await failure(ask(server.url, {}, oidc('x')))).message).toBe(`${UNABLE}ID Token is not a valid JWT`)
  await ask(server.url, {token: 'own'}, oidc(idToken(1), {'refresh-token': 'once'}))
  expect(server.requests.map(({headers}) => headers.authorization)).toEqual([`Bearer ${valid}`, 'Bearer own'])
})

test.each(['gcp', 'azure'])('the auth provider %s is refused as kubectl refuses it', async (name) => {
  const provider = {name, config: {'cmd-path': '/bin/touch', 'cmd-args': join(temporaryFolder(), 'x')}}
  const {message} = await failure(ask('https://127.0.0.1:1', {}, {'auth-provider': provider}))
  expect(message).toMatch(new RegExp(`^error: The ${name} auth plugin has been removed\\.\nPlease use `))
})

test.each([
  ['bla', false],
  ['-3', false],
  ['1.5h2', false],
  ['5', true],
  ['0', true],
  ['1.5h', true],
  ['-1s', true],
  ['.5m30s', true],
  ['', true],
])('--request-timeout=%s', async (requestTimeout, valid) => {
  const server = await fakeServer((_, response) => json(response, {}))
  const outcome = await ask(server.url, {requestTimeout}).catch((error: Error) => error.message)
  const text =
    'error: Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)'
  expect(outcome).toEqual(valid ? {} : text)
})

test('there is no verb but GET', () => {
  expect(Object.keys(createTransport({signIn: {}} as never))).toEqual([
    'dial',
    'get',
    'text',
    'summary',
    'watch',
    'close',
    'warnings',
  ])
})

test('a process that read and closed ends by itself, with nothing on stderr', async () => {
  const server = await fakeServer((_, response) => json(response, {}))
  const script = `import {connect} from ${JSON.stringify(join(import.meta.dirname, '../../src/cluster/connect.ts'))}
const connection = await connect({kubeconfig: ${JSON.stringify(kubeconfig(server.url, {token: 't'}))}, requestTimeout: '1h'}, {note: console.error})
await connection.get('/api')
await connection.close()
console.log('done')`
  const env = {...process.env, NODE_OPTIONS: ''}
  const {stdout, stderr} = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    {env, timeout: 100_000},
  )
  expect({stdout, stderr}).toEqual({stdout: 'done\n', stderr: ''})
})

test('NODE_TLS_REJECT_UNAUTHORIZED does not weaken the check', async () => {
  const server = await fakeServer((_, response) => json(response, {}))
  const script = `import {connect} from ${JSON.stringify(join(import.meta.dirname, '../../src/cluster/connect.ts'))}
const connection = await connect({kubeconfig: ${JSON.stringify(kubeconfig(server.url))}, certificateAuthority: ${JSON.stringify(join(FIXTURES, 'client.crt'))}}, {note: console.error})
console.log((await connection.get('/api').catch(error => error)).message)`
  const env = {...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_OPTIONS: ''}
  const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env,
    timeout: 100_000,
  })
  expect(stdout).toContain('certificate signed by unknown authority')
})
