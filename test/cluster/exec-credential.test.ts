import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {afterEach, expect, test, vi} from 'vitest'
import {execSignIn} from '../../src/cluster/sign-in/exec-credential.ts'
import {
  base64,
  connected,
  failure,
  fakeServer,
  fixture,
  json,
  kubeconfig,
  temporaryFolder,
} from './fake-server.ts'

const V1 = 'client.authentication.k8s.io/v1'
const CANNOT = 'Unable to connect to the server: getting credentials: '

afterEach(() => vi.unstubAllEnvs())

/** A plugin that writes down each run and answers with the next of `answers`, the last one again and again. */
function plugin(answers: readonly unknown[], exec: object = {}) {
  vi.stubEnv('KUBERC', 'off')
  const folder = temporaryFolder()
  const log = join(folder, 'runs')
  const script = join(folder, 'plugin.mjs')
  writeFileSync(
    script,
    `import {appendFileSync, readFileSync} from 'node:fs'
const log = ${JSON.stringify(log)}
appendFileSync(log, JSON.stringify({info: JSON.parse(process.env.KUBERNETES_EXEC_INFO), extra: process.env.EXTRA, home: process.env.HOME, args: process.argv.slice(2)}) + '\\n')
const answers = ${JSON.stringify(answers)}
const count = readFileSync(log, 'utf8').trim().split('\\n').length
const answer = answers[Math.min(count, answers.length) - 1]
await new Promise(resolve => setTimeout(resolve, 30))
if (typeof answer === 'number') process.exit(answer)
process.stdout.write(typeof answer === 'string' ? answer : JSON.stringify(answer))`,
  )
  const runs = () =>
    existsSync(log)
      ? readFileSync(log, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      : []
  const entry = {
    apiVersion: V1,
    command: process.execPath,
    args: [script, 'a b; $(c)'],
    interactiveMode: 'Never',
    ...exec,
  }
  return {user: {exec: entry}, runs}
}

function credential(status?: object, apiVersion = V1) {
  return {kind: 'ExecCredential', apiVersion, ...(status && {status})}
}

test('five parallel requests run the plugin once', async () => {
  const {user, runs} = plugin([credential({token: 'one'})])
  const server = await fakeServer((_, response) => json(response, {}))
  const stopped: string[] = []
  const connection = await connected({kubeconfig: kubeconfig(server.url, user)}, () =>
    stopped.push('spinner'),
  )
  await Promise.all(Array.from({length: 5}, () => connection.get('/api')))
  await connection.get('/api')
  expect(runs()).toHaveLength(1)
  expect(stopped).toEqual(['spinner'])
  expect(new Set(server.requests.map(({headers}) => headers.authorization))).toEqual(new Set(['Bearer one']))
})

test('the plugin is told who asks, gets its arguments untouched and its environment added', async () => {
  const env = [{name: 'EXTRA', value: 'more'}]
  const {user, runs} = plugin([credential({token: 'one'})], {env})
  const server = await fakeServer((_, response) => json(response, {}))
  await (await connected({kubeconfig: kubeconfig(server.url, user)})).get('/api')
  expect(runs()).toEqual([
    {
      info: {kind: 'ExecCredential', apiVersion: V1, spec: {interactive: false}},
      extra: 'more',
      home: process.env.HOME,
      args: ['a b; $(c)'],
    },
  ])
})

test('with provideClusterInfo it is told about the cluster, without it is not', async () => {
  const {user, runs} = plugin([credential({token: 'one'})], {provideClusterInfo: true})
  const server = await fakeServer((_, response) => json(response, {}))
  const extensions = [
    {name: 'client.authentication.k8s.io/exec', extension: {audience: 'x'}},
    {name: 'other', extension: 1},
  ]
  const cluster = {'tls-server-name': 'localhost', extensions}
  await (await connected({kubeconfig: kubeconfig(server.url, user, cluster)})).get('/api')
  expect(runs()[0].info.spec.cluster).toEqual({
    server: server.url,
    'tls-server-name': 'localhost',
    'certificate-authority-data': base64(fixture('ca.crt')),
    config: {audience: 'x'},
  })
})

test('after a 401 the plugin is run again, once for all, and the GET is asked again', async () => {
  const {user, runs} = plugin([credential({token: 'stale'}), credential({token: 'fresh'})])
  const server = await fakeServer(({headers}, response) => {
    if (headers.authorization === 'Bearer fresh') json(response, {kind: 'Answer'})
    else json(response, {kind: 'Status', reason: 'Unauthorized', message: 'Unauthorized'}, 401)
  })
  const connection = await connected({kubeconfig: kubeconfig(server.url, user)})
  const answers = await Promise.all(Array.from({length: 5}, () => connection.get('/api')))
  expect(answers).toEqual(Array(5).fill({kind: 'Answer'}))
  expect(runs()).toHaveLength(2)
})

test('a second 401 is an error', async () => {
  const {user, runs} = plugin([credential({token: 'stale'})])
  const unauthorized = {kind: 'Status', reason: 'Unauthorized', message: 'Unauthorized', code: 401}
  const server = await fakeServer((_, response) => json(response, unauthorized, 401))
  const connection = await connected({kubeconfig: kubeconfig(server.url, user)})
  expect(await failure(connection.get('/api'))).toMatchObject({
    message: 'error: You must be logged in to the server (Unauthorized)',
    code: 401,
    reason: 'Unauthorized',
  })
  expect(runs()).toHaveLength(2)
  expect(server.requests).toHaveLength(2)
})

test('credentials that have run out are asked for again', async () => {
  const {user, runs} = plugin([
    credential({token: 'old', expirationTimestamp: '2020-01-01T00:00:00Z'}),
    credential({token: 'new', expirationTimestamp: '2999-01-01T00:00:00Z'}),
  ])
  const server = await fakeServer((_, response) => json(response, {}))
  const connection = await connected({kubeconfig: kubeconfig(server.url, user)})
  for (let count = 0; count < 3; count++) await connection.get('/api')
  expect(server.requests.map(({headers}) => headers.authorization)).toEqual([
    'Bearer old',
    'Bearer new',
    'Bearer new',
  ])
  expect(runs()).toHaveLength(2)
})

test('a client certificate from a plugin is shown, and a new one opens a new connection', async () => {
  const pair = (name: string) => ({
    clientCertificateData: fixture(`${name}.crt`),
    clientKeyData: fixture(`${name}.key`),
  })
  const {user} = plugin([
    credential({...pair('client'), expirationTimestamp: '2020-01-01T00:00:00Z'}),
    credential(pair('client2')),
  ])
  const server = await fakeServer((_, response) => json(response, {}), {askForCertificate: true})
  const connection = await connected({kubeconfig: kubeconfig(server.url, user)})
  for (let count = 0; count < 3; count++) await connection.get('/api')
  expect(server.clients).toEqual(['test client', 'second client'])
})

const pair = {clientCertificateData: fixture('client.crt'), clientKeyData: fixture('client2.key')}
test.each<[string, unknown, string]>([
  [
    'another version',
    credential({token: 't'}, 'client.authentication.k8s.io/v1beta1'),
    `exec plugin is configured to use API version ${V1}, plugin returned version client.authentication.k8s.io/v1beta1`,
  ],
  ['no status', credential(), "exec plugin didn't return a status field"],
  ['an empty status', credential({}), "exec plugin didn't return a token or cert/key pair"],
  [
    'only a certificate',
    credential({clientCertificateData: 'c'}),
    'exec plugin returned only certificate or key, not both',
  ],
  [
    'a key of another certificate',
    credential(pair),
    'failed parsing client key/certificate: tls: private key does not match public key',
  ],
  ['no JSON', 'canary, please log in', "decoding stdout: couldn't get version/kind; json parse error"],
  ['a failure', 3, `exec: executable ${process.execPath} failed with exit code 3`],
])('a plugin that answers with %s', async (_, answer, text) => {
  const {user} = plugin([answer])
  const connection = await connected({kubeconfig: kubeconfig('https://127.0.0.1:1', user)})
  expect((await failure(connection.get('/api'))).message).toBe(CANNOT + text)
})

test('a plugin that is not installed: the hint is shown, cleaned', async () => {
  const {user} = plugin([], {command: 'no-such-plugin', installHint: 'brew install \u001b[31mit'})
  const connection = await connected({kubeconfig: kubeconfig('https://127.0.0.1:1', user)})
  const {message} = await failure(connection.get('/api'))
  expect(message).toContain(
    `${CANNOT}exec: executable no-such-plugin not found\n\nIt looks like you are trying to use a client-go`,
  )
  expect(message).toMatch(/#client-go-credential-plugins\n\nbrew install \^\[\[31mit$/)
})

test('a plugin that does not stop writing is stopped', async () => {
  const endless =
    "const more = () => { while (process.stdout.write('x'.repeat(1 << 16))); }; process.stdout.on('drain', more); more()"
  const {user} = plugin([], {args: ['-e', endless]})
  const connection = await connected({kubeconfig: kubeconfig('https://127.0.0.1:1', user)})
  expect((await failure(connection.get('/api'))).message).toBe(
    `${CANNOT}exec: ${process.execPath} wrote more than 16 MiB`,
  )
})

test('a plugin that always asks needs a terminal', async () => {
  const {user, runs} = plugin([credential({token: 't'})], {interactiveMode: 'Always'})
  const host = {env: process.env, platform: process.platform, stdinIsTerminal: false, now: Date.now}
  const signIn = execSignIn(user.exec, {}, {...host, note: () => undefined, beforeSignIn: () => undefined})
  const text = 'exec plugin cannot support interactive mode: standard input is not a terminal'
  expect((await failure(signIn.credentials())).message).toBe(CANNOT + text)
  expect(runs()).toEqual([])
})

test('a version client-go does not know is refused at once', async () => {
  const {user} = plugin([], {apiVersion: 'client.authentication.k8s.io/v9'})
  const {message} = await failure(connected({kubeconfig: kubeconfig('https://127.0.0.1:1', user)}))
  expect(message).toBe('error: exec plugin: invalid apiVersion "client.authentication.k8s.io/v9"')
})

test.each<[string, object]>([
  ['a token', {token: 'own'}],
  ['a name and password', {username: 'me', password: 'p'}],
  [
    'a client certificate',
    {
      'client-certificate-data': base64(fixture('client.crt')),
      'client-key-data': base64(fixture('client.key')),
    },
  ],
])('with %s the plugin is not run', async (_, own) => {
  const {user, runs} = plugin([credential({token: 'plugin'})])
  const server = await fakeServer((_request, response) => json(response, {}))
  await (await connected({kubeconfig: kubeconfig(server.url, {...user, ...own})})).get('/api')
  expect(runs()).toEqual([])
  expect(server.requests[0]?.headers.authorization).not.toBe('Bearer plugin')
})

function kuberc(text: string): void {
  const path = join(temporaryFolder(), 'kuberc')
  writeFileSync(
    path,
    text.replace('PREFERENCE', 'apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference'),
  )
  vi.stubEnv('KUBERC', path)
}

const NODE = process.execPath
test.each<[string, string, string | undefined]>([
  ['AllowAll', 'PREFERENCE\ncredentialPluginPolicy: AllowAll', undefined],
  ['no policy', 'PREFERENCE', undefined],
  [
    'a foreign document first',
    '# x\n---\nkind: Other\n---\nPREFERENCE\ncredentialPluginPolicy: DenyAll',
    `${CANNOT}plugin "${NODE}" not allowed: policy set to "DenyAll"`,
  ],
  [
    'DenyAll',
    'PREFERENCE\ncredentialPluginPolicy: DenyAll',
    `${CANNOT}plugin "${NODE}" not allowed: policy set to "DenyAll"`,
  ],
  [
    'an allow-list with its path',
    `PREFERENCE\ncredentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: other}, {command: ${NODE}}]`,
    undefined,
  ],
  [
    'an allow-list of 1.35 with its path',
    `PREFERENCE\ncredentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: ${NODE}}]`,
    undefined,
  ],
  [
    'an allow-list with its name',
    'PREFERENCE\ncredentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{command: node}]',
    undefined,
  ],
  [
    'an allow-list without it',
    'PREFERENCE\ncredentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{command: aws}]',
    `${CANNOT}plugin path "${NODE}" is not permitted by the credential plugin allowlist`,
  ],
  [
    'no allow-list',
    'PREFERENCE\ncredentialPluginPolicy: Allowlist',
    'error occurred while applying preferences credential plugin policy set to "Allowlist", but allowlist is unspecified',
  ],
  [
    'an empty allow-list',
    'PREFERENCE\ncredentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: []',
    'error occurred while applying preferences credential plugin policy set to "Allowlist", but allowlist is empty; use "DenyAll" policy instead',
  ],
  [
    'an allow-list that has no say',
    'PREFERENCE\ncredentialPluginPolicy: AllowAll\ncredentialPluginAllowlist: [{command: aws}]',
    'error occurred while applying preferences misconfigured credential plugin allowlist: plugin policy is "AllowAll" but allowlist is non-nil',
  ],
  [
    'an unknown policy',
    'PREFERENCE\ncredentialPluginPolicy: Perhaps',
    'error occurred while applying preferences unknown plugin policy: "Perhaps"',
  ],
])('kuberc with %s', async (_, text, problem) => {
  const {user, runs} = plugin([credential({token: 't'})])
  kuberc(text)
  vi.stubEnv('PATH', [join(NODE, '..'), process.env.PATH].join(delimiter))
  const server = await fakeServer((_request, response) => json(response, {}))
  const connection = await connected({kubeconfig: kubeconfig(server.url, user)})
  const outcome = await connection.get('/api').then(
    () => undefined,
    (error: Error) => error.message,
  )
  expect(outcome).toBe(problem)
  expect(runs()).toHaveLength(problem === undefined ? 1 : 0)
})

test('a kuberc that was asked for must be readable', async () => {
  const {user} = plugin([credential({token: 't'})])
  vi.stubEnv('KUBERC', '/nonexistent/kuberc')
  const connection = await connected({kubeconfig: kubeconfig('https://127.0.0.1:1', user)})
  expect((await failure(connection.get('/api'))).message).toBe(
    'error occurred while applying preferences kuberc error kuberc: open /nonexistent/kuberc: no such file or directory',
  )
})
