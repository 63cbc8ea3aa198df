import {mkdirSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {expect, test} from 'vitest'
import type {ConnectionFlags} from '../../src/cluster/connect-flags.ts'
import {resolveKubeconfig} from '../../src/cluster/kubeconfig/resolve.ts'
import {temporaryFolder} from './fake-server.ts'

const NOWHERE = '/nonexistent-service-account'

/** Write files into a new folder that is also HOME; `~` in KUBECONFIG stands for it. */
function world(files: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}) {
  const home = temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(home, name, '..'), {recursive: true})
    writeFileSync(join(home, name), text)
  }
  const notes: string[] = []
  const place = {
    env: {
      HOME: home,
      ...Object.fromEntries(Object.entries(env).map(([k, v]) => [k, v.replaceAll('~', home)])),
    },
    platform: 'linux' as const,
    note: (line: string) => notes.push(line),
  }
  const resolve = (flags: ConnectionFlags = {}, account = NOWHERE) => resolveKubeconfig(flags, place, account)
  return {home, notes, resolve, at: (name: string) => join(home, name)}
}

function problem(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  throw new Error('expected a failure')
}

function list(...names: string[]): string {
  return names.map((name) => `~/${name}`).join(delimiter)
}

/** A whole kubeconfig around one cluster and one user. */
function config(cluster = 'server: https://a.test', user = 'token: t', context = ''): string {
  return `apiVersion: v1
kind: Config
clusters: [{name: a, cluster: {${cluster}}}]
users: [{name: u, user: {${user}}}]
contexts: [{name: c, context: {cluster: a, user: u${context}}}]
current-context: c
`
}

test('1. an explicit file is used alone, and must be there', () => {
  const {resolve, at} = world(
    {only: config(), '.kube/config': config('server: https://home.test')},
    {KUBECONFIG: '~/.kube/config'},
  )
  expect(resolve({kubeconfig: at('only')}).cluster.server).toBe('https://a.test')
  expect(problem(() => resolve({kubeconfig: at('gone')}))).toBe(
    `error: stat ${at('gone')}: no such file or directory`,
  )
})

test('1. files of KUBECONFIG that are missing, named twice or empty names are passed over', () => {
  const {resolve, notes} = world(
    {one: config()},
    {KUBECONFIG: list('gone', 'one', 'one') + delimiter + delimiter},
  )
  expect(resolve().cluster.server).toBe('https://a.test')
  expect(notes).toEqual([])
})

test('1. when every file of KUBECONFIG is missing it is said', () => {
  const {resolve, notes, at} = world({}, {KUBECONFIG: list('x', 'y')})
  expect(resolve().cluster.server).toBe('http://localhost:8080')
  expect(notes).toEqual([`Config not found: ${at('x')}, ${at('y')}`])
})

test('1. without KUBECONFIG ~/.kube/config is read, and may be missing', () => {
  expect(world({'.kube/config': config()}).resolve().cluster.server).toBe('https://a.test')
  expect(world().resolve().cluster.server).toBe('http://localhost:8080')
})

test.each([
  ['an empty file', ''],
  ['a comment', '# nothing\n'],
  ['a null', 'null'],
  ['only empty lists', 'clusters: null\nusers: []\n'],
])('2. %s is an empty config', (_, text) => {
  expect(world({'.kube/config': text}).resolve()).toMatchObject({namespace: 'default', user: {}})
})

test.each([
  ['clusters: [\n', /^yaml: line \d: /],
  [
    '- a',
    /^couldn't get version\/kind; json parse error: json: cannot unmarshal array into Go value of type struct/,
  ],
  [
    config().replace('name: a,', 'name: 123,'),
    /^json: cannot unmarshal number into Go struct field NamedCluster\.clusters\.name of type string$/,
  ],
  [
    config('server: 12'),
    /^json: cannot unmarshal number into Go struct field Cluster\.clusters\.cluster\.server of type string$/,
  ],
  [config('certificate-authority-data: "!!"'), /^illegal base64 data at input byte 0$/],
  [
    config('server: x', 'exec: {args: nope}'),
    /^json: cannot unmarshal string into Go struct field ExecConfig\.users\.user\.exec\.args of type \[\]string$/,
  ],
  ['clusters: [{name: a}, {name: a}]', /duplicate name "a" in list$/],
  ['apiVersion: v1\nkind: Pod\n', /^no kind "Pod" is registered for version "v1"$/],
])('2. a file that is not a kubeconfig is named: %j', (text, reason) => {
  const {resolve, at} = world({'.kube/config': text})
  const [, name, why] = /^error: error loading config file "(.*?)": (.*)$/s.exec(problem(resolve)) ?? []
  expect(name).toBe(at('.kube/config'))
  expect(why).toMatch(reason)
})

test('2. several bad files are told line by line', () => {
  const {resolve, at} = world({x: '- a', y: 'kind: Pod'}, {KUBECONFIG: list('x', 'y')})
  const lines = problem(resolve).split('\n')
  expect(lines.map((line) => line.slice(0, line.indexOf(':')))).toEqual([
    `error loading config file "${at('x')}"`,
    `error loading config file "${at('y')}"`,
  ])
})

test('2. a folder in place of a file is an error, not a missing file', () => {
  const {resolve, home} = world({'.kube/config/x': ''})
  expect(problem(resolve)).toBe(
    `error: error loading config file "${home}/.kube/config": read ${home}/.kube/config: is a directory`,
  )
})

test('3. the first file that has a name wins the whole entry, the first current-context wins', () => {
  const first =
    'clusters: [{name: a, cluster: {server: "https://first.test"}}]\nusers: [{name: u, user: {token: first}}]\n'
  const second = config(
    'server: https://second.test, tls-server-name: second',
    'username: second, password: x',
    ', namespace: two',
  )
  const third = `${config().replace('current-context: c', 'current-context: other')}`
  const {resolve} = world({first, second, third}, {KUBECONFIG: list('first', 'second', 'third')})
  expect(resolve()).toMatchObject({
    cluster: {server: 'https://first.test'},
    user: {token: 'first'},
    namespace: 'two',
  })
  expect(resolve().cluster).not.toHaveProperty('tls-server-name')
  expect(resolve().user).not.toHaveProperty('username')
})

test('4. relative paths, and a command written as a path, belong to the folder of their file', () => {
  const user =
    'client-certificate: c.crt, client-key: sub/c.key, exec: {command: ./login, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never}'
  const files = {
    'x/ca.crt': '',
    'x/c.crt': '',
    'x/sub/c.key': '',
    'x/config': config('server: https://a.test, certificate-authority: ca.crt', user),
  }
  const {resolve, at} = world(files, {KUBECONFIG: list('x/config')})
  expect(resolve()).toMatchObject({
    cluster: {'certificate-authority': at('x/ca.crt')},
    user: {
      'client-certificate': at('x/c.crt'),
      'client-key': at('x/sub/c.key'),
      exec: {command: at('x/login')},
    },
  })
})

test('4. a bare command is left for PATH, an absolute path and tokenFile as they should be', () => {
  const user = 'tokenFile: t, exec: {command: login, apiVersion: client.authentication.k8s.io/v1beta1}'
  const {resolve, at} = world({'.kube/config': config('server: https://a.test', user)})
  expect(resolve().user).toMatchObject({tokenFile: at('.kube/t'), exec: {command: 'login'}})
})

test.each<[ConnectionFlags, string]>([
  [{context: 'q'}, 'error: context "q" does not exist'],
  [{cluster: 'q'}, 'error: cluster "q" does not exist'],
  [{user: 'q'}, 'error: auth info "q" does not exist'],
  [{context: '\u001b[31m'}, 'error: context "^[[31m" does not exist'],
])('5. a flag must name something that exists: %j', (flags, text) => {
  expect(problem(() => world({'.kube/config': config()}).resolve(flags))).toBe(text)
})

const DATA = 'server: https://a.test, certificate-authority-data: aGk=, tls-server-name: m'
test.each<[string, ConnectionFlags, object]>([
  [
    'an insecure flag clears the CA',
    {insecureSkipTlsVerify: true},
    {
      'insecure-skip-tls-verify': true,
      'certificate-authority': '',
      'certificate-authority-data': '',
      'tls-server-name': 'm',
    },
  ],
  [
    'a CA flag clears the data',
    {certificateAuthority: '/dev/null'},
    {
      'certificate-authority': '/dev/null',
      'certificate-authority-data': '',
      'insecure-skip-tls-verify': false,
    },
  ],
  [
    'a server flag clears the name',
    {server: 'https://b.test'},
    {server: 'https://b.test', 'tls-server-name': '', 'certificate-authority-data': 'aGk='},
  ],
  [
    'a server flag with a name keeps it',
    {server: 'https://b.test', tlsServerName: 'm'},
    {'tls-server-name': 'm'},
  ],
  ['compression can be turned off', {disableCompression: true}, {'disable-compression': true}],
])('5. %s', (_, flags, cluster) => {
  expect(world({'.kube/config': config(DATA)}).resolve(flags).cluster).toMatchObject(cluster)
})

test('5. certificate and key flags clear the data fields, and a token flag replaces the token', () => {
  const {resolve} = world({
    '.kube/config': config(
      'server: https://a.test',
      'token: t, client-certificate-data: aGk=, client-key-data: aGk=',
    ),
  })
  expect(resolve({clientCertificate: '/dev/null', clientKey: '/dev/null', token: 'flag'}).user).toEqual({
    token: 'flag',
    'client-certificate': '/dev/null',
    'client-certificate-data': '',
    'client-key': '/dev/null',
    'client-key-data': '',
  })
})

test('6. a file and data at once are refused together with every other problem', () => {
  const cluster = 'server: https://a.test, certificate-authority: gone, certificate-authority-data: aGk='
  const {resolve, at} = world({'.kube/config': config(cluster, 'token: t, username: me, password: p')})
  expect(problem(resolve)).toBe(`Error in configuration: 
* more than one authentication method found for u; found [token basicAuth], only one is allowed
* certificate-authority-data and certificate-authority are both specified for a. certificate-authority-data will override.
* unable to read certificate-authority ${at('.kube/gone')} for a due to open ${at('.kube/gone')}: no such file or directory`)
})

test.each<[string, string]>([
  [
    'client-certificate: gone',
    '\n* client-key-data or client-key must be specified for u to use the clientCert authentication method.\n* unable to read client-cert ~/gone for u due to open ~/gone: no such file or directory',
  ],
  [
    'exec: {command: x, apiVersion: client.authentication.k8s.io/v1}',
    'interactiveMode must be specified for u to use exec authentication plugin',
  ],
  [
    'exec: {command: x, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Maybe}',
    'invalid interactiveMode for u: "Maybe"',
  ],
  [
    'exec: {command: "", apiVersion: client.authentication.k8s.io/v1beta1}',
    'command must be specified for u to use exec authentication plugin',
  ],
  [
    'exec: {command: x, interactiveMode: Never}',
    'apiVersion must be specified for u to use exec authentication plugin',
  ],
  [
    'exec: {command: x, apiVersion: client.authentication.k8s.io/v1beta1, env: [{value: v}]}',
    'env variable name must be specified for u to use exec authentication plugin',
  ],
  [
    'exec: {command: x, apiVersion: client.authentication.k8s.io/v1beta1}, auth-provider: {name: oidc}',
    'authProvider cannot be provided in combination with an exec plugin for u',
  ],
  ['as-uid: "1"', 'requesting uid, groups or user-extra for u without impersonating a user'],
  ['as-groups: [g]', 'requesting uid, groups or user-extra for u without impersonating a user'],
])('7. the chosen user is validated: %s', (user, text) => {
  const {resolve, at} = world({'.kube/config': config('server: https://a.test', user)})
  const prefix = text.startsWith('\n') ? 'Error in configuration: ' : 'error: '
  expect(problem(resolve)).toBe(`${prefix}${text.replaceAll('~', at('.kube'))}`)
})

test('7. a proxy-url needs a scheme we can speak, and is not quoted, for it may hold a password', () => {
  const {resolve} = world({'.kube/config': config('server: https://a.test, proxy-url: "ftp://me:canary@x"')})
  expect(problem(resolve)).toBe(
    'error: invalid \'proxy-url\' for cluster "a": unsupported scheme "ftp", must be http, https, or socks5',
  )
})

test('7. an entry that was not chosen may be broken', () => {
  const other = config()
    .replace('users: [', 'users: [{name: bad, user: {exec: {}, auth-provider: {name: gcp}}}, ')
    .replace('clusters: [', 'clusters: [{name: bad, cluster: {certificate-authority: gone}}, ')
  expect(world({'.kube/config': other}).resolve().cluster.server).toBe('https://a.test')
})

test('7. a current context that is not there is an error, one that speaks of absent entries is not', () => {
  expect(problem(() => world({'.kube/config': 'current-context: zzz'}).resolve())).toBe(
    'Error in configuration: context was not found for specified context: zzz',
  )
  expect(
    world({
      '.kube/config': 'contexts: [{name: c, context: {cluster: none, user: none}}]\ncurrent-context: c',
    }).resolve(),
  ).toMatchObject({cluster: {server: 'http://localhost:8080'}})
})

const POD = {KUBERNETES_SERVICE_HOST: '10.0.0.1', KUBERNETES_SERVICE_PORT: '443'}
const ACCOUNT = {'sa/token': 'pod-token\n', 'sa/ca.crt': 'ca', 'sa/namespace': ' pods-own \n'}

test.each<[string, ConnectionFlags, Readonly<Record<string, string>>, string, string]>([
  ['the flag', {namespace: 'flag'}, POD, ', namespace: ctx', 'flag'],
  ['then the context', {}, {...POD, POD_NAMESPACE: 'env'}, ', namespace: ctx', 'ctx'],
  ['then POD_NAMESPACE in a Pod', {}, {...POD, POD_NAMESPACE: 'env'}, '', 'env'],
  ['then the service account in a Pod', {}, POD, '', 'pods-own'],
  ['then default', {}, {POD_NAMESPACE: 'not a Pod'}, '', 'default'],
])('8. the namespace is that of %s', (_, flags, env, context, namespace) => {
  const {resolve, at} = world(
    {...ACCOUNT, '.kube/config': config('server: https://a.test', 'token: t', context)},
    env,
  )
  expect(resolve(flags, at('sa')).namespace).toBe(namespace)
})

test('9. in a Pod without a kubeconfig the service account is used', () => {
  const {resolve, at} = world(ACCOUNT, POD)
  expect(resolve({as: 'me'}, at('sa'))).toMatchObject({
    cluster: {server: 'https://10.0.0.1:443', 'certificate-authority': at('sa/ca.crt')},
    user: {tokenFile: at('sa/token'), as: 'me'},
    namespace: 'pods-own',
  })
  expect(resolve({token: 'flag'}, at('sa')).user).toEqual({token: 'flag'})
})

test('9. an IPv6 API server gets its brackets', () => {
  const {resolve, at} = world(ACCOUNT, {...POD, KUBERNETES_SERVICE_HOST: 'fd00::1'})
  expect(resolve({}, at('sa')).cluster.server).toBe('https://[fd00::1]:443')
})

test('9. a kubeconfig or a server by flag beats the service account, KUBERNETES_MASTER does not', () => {
  const {resolve, at} = world(
    {...ACCOUNT, given: config()},
    {...POD, KUBERNETES_MASTER: 'http://master.test'},
  )
  expect(resolve({kubeconfig: at('given')}, at('sa')).cluster.server).toBe('https://a.test')
  expect(resolve({server: 'https://flag.test'}, at('sa')).cluster.server).toBe('https://flag.test')
  expect(resolve({}, at('sa')).cluster.server).toBe('https://10.0.0.1:443')
  expect(resolve({}).cluster.server).toBe('http://master.test')
})

test('10. nothing at all is http://localhost:8080', () => {
  expect(world().resolve()).toMatchObject({cluster: {server: 'http://localhost:8080'}, namespace: 'default'})
})

test('11. every impersonation field is read, and flags go over them', () => {
  const user = 'token: t, as: me, as-uid: "7", as-groups: [a, b], as-user-extra: {scopes: [x], kept: [k]}'
  const {resolve} = world({'.kube/config': config('server: https://a.test', user)})
  expect(resolve().user).toMatchObject({as: 'me', 'as-uid': '7', 'as-groups': ['a', 'b']})
  const flags = {as: 'you', asGroups: ['c'], asUserExtra: ['scopes=1', 'scopes=2=3', 'no pair']}
  expect(resolve(flags).user).toMatchObject({
    as: 'you',
    'as-uid': '7',
    'as-groups': ['c'],
    'as-user-extra': {scopes: ['1', '2=3'], kept: ['k']},
  })
})
