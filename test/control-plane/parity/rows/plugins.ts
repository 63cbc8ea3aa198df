import {cluster, config, type Given, type Row, type Site, userRow} from '../row.ts'

const V1 = 'client.authentication.k8s.io/v1'
const BETA = 'client.authentication.k8s.io/v1beta1'
const exec = (more: object = {}) => ({
  exec: {apiVersion: V1, command: './helper', interactiveMode: 'Never', ...more},
})
const printing = (answer: string | object): string =>
  `#!/bin/sh\ncat <<'END'\n${typeof answer === 'string' ? answer : JSON.stringify(answer)}\nEND\n`
const issued = (status: object, apiVersion = V1, kind = 'ExecCredential') => ({kind, apiVersion, status})

const helper = (name: string, script: string, more: object = {}, given: Partial<Given> = {}): Row =>
  userRow(name, exec(more), {programs: {'.kube/helper': script}, ...given})
const answering = (
  name: string,
  answer: string | object,
  more: object = {},
  given: Partial<Given> = {},
): Row => helper(name, printing(answer), more, given)

const token = issued({token: 'of-plugin'})
const pair = ({identities}: Site) => ({
  clientCertificateData: identities.user.cert,
  clientKeyData: identities.user.key,
})
const withPair = (name: string, status: (site: Site) => object): Row => ({
  name,
  given: (site) => ({
    config: config(cluster(site), exec()),
    programs: {'.kube/helper': printing(issued(status(site)))},
  }),
})

const answers: readonly Row[] = [
  answering('a token', token),
  answering('a token in UTF-8', issued({token: 'ü✓'})),
  answering('a token with a line end', issued({token: 'abc\n'})),
  answering('a token that has expired', issued({token: 'late', expirationTimestamp: '2020-01-01T00:00:00Z'})),
  answering('a token that will expire', issued({token: 'soon', expirationTimestamp: '2099-01-01T00:00:00Z'})),
  answering('a time that is none', issued({token: 'soon', expirationTimestamp: 'tomorrow'})),
  answering('a time that is a number', issued({token: 'soon', expirationTimestamp: 5})),
  answering('a time without a zone', issued({token: 'soon', expirationTimestamp: '2099-01-01T00:00:00'})),
  answering('a day', issued({token: 'soon', expirationTimestamp: '2099-01-01'})),
  answering('a time that is null', issued({token: 'soon', expirationTimestamp: null})),
  answering('YAML', `kind: ExecCredential\napiVersion: ${V1}\nstatus:\n  token: of-yaml`),
  answering('YAML after a marker', `---\nkind: ExecCredential\napiVersion: ${V1}\nstatus: {token: of-yaml}`),
  answering(
    'YAML with a comment',
    `# hello\nkind: ExecCredential\napiVersion: ${V1}\nstatus: {token: of-yaml} # x`,
  ),
  answering('YAML whose token is yes', `kind: ExecCredential\napiVersion: ${V1}\nstatus: {token: yes}`),
  answering('YAML whose token is a number', `kind: ExecCredential\napiVersion: ${V1}\nstatus: {token: 12}`),
  answering('broken YAML', 'kind: [ExecCredential'),
  answering('JSON in several lines', JSON.stringify(token, null, 2)),
  answering('JSON after a line of text', `hello\n${JSON.stringify(token)}`),
  answering('JSON before a line of text', `${JSON.stringify(token)}\nhello`),
  answering('JSON twice', `${JSON.stringify(token)}\n${JSON.stringify(issued({token: 'second'}))}`),
  answering('JSON after a byte order mark', `\ufeff${JSON.stringify(token)}`),
  answering('half of JSON', '{"kind": "ExecCredential"'),
  answering('a bare token', 'abc.def.ghi'),
  answering('nothing', ''),
  answering('a list', '[1]'),
  answering('a number', '5'),
  answering('null', 'null'),
  answering('an unknown field', {...token, more: 1, status: {token: 'of-plugin', more: 1}}),
  answering('fields in other case', {...issued({}), status: {Token: 'of-plugin'}}),
  answering('a token that is a number', issued({token: 5})),
  answering('a token that is null', issued({token: null})),
  answering('no status', {kind: 'ExecCredential', apiVersion: V1}),
  answering('a status that is null', {kind: 'ExecCredential', apiVersion: V1, status: null}),
  answering('a status that is text', {kind: 'ExecCredential', apiVersion: V1, status: 'x'}),
  answering('an empty status', issued({})),
  answering('another version', issued({token: 'x'}, BETA)),
  answering('an unknown version', issued({token: 'x'}, 'client.authentication.k8s.io/v9')),
  answering('no version', {kind: 'ExecCredential', status: {token: 'x'}}),
  answering('another kind', issued({token: 'x'}, V1, 'Pod')),
  answering('no kind', {apiVersion: V1, status: {token: 'x'}}),
  answering('v1beta1', issued({token: 'of-plugin'}, BETA), {apiVersion: BETA}),
  answering('v1beta1 answered with v1', token, {apiVersion: BETA}),
  withPair('a certificate', pair),
  withPair('a certificate and a token', (site) => ({...pair(site), token: 'of-plugin'})),
  withPair('a certificate without a key', (site) => ({
    clientCertificateData: pair(site).clientCertificateData,
  })),
  withPair('a key without a certificate', (site) => ({clientKeyData: pair(site).clientKeyData})),
  withPair('a certificate without a key, and a token', (site) => ({
    token: 'x',
    clientCertificateData: pair(site).clientCertificateData,
  })),
  withPair('a certificate that is none', (site) => ({...pair(site), clientCertificateData: 'hello'})),
  withPair('a key that is none', (site) => ({...pair(site), clientKeyData: 'hello'})),
  withPair('a key of another', (site) => ({...pair(site), clientKeyData: site.identities.user2.key})),
]

const echo = (expression: string) =>
  `#!/bin/sh\nt=$(${expression})\nprintf '{"kind":"ExecCredential","apiVersion":"${V1}","status":{"token":"%s"}}' "$t"\n`

const runs: readonly Row[] = [
  helper('arguments', echo('echo "$1-$2-$#"'), {args: ['a b', "it's $x"]}),
  helper('env', echo('echo "$FOO"'), {env: [{name: 'FOO', value: 'bar'}]}),
  helper(
    'env over the environment',
    echo('echo "$FOO"'),
    {env: [{name: 'FOO', value: 'bar'}]},
    {env: {FOO: 'outer'}},
  ),
  helper('the environment', echo('echo "$FOO"'), {}, {env: {FOO: 'outer'}}),
  helper('env twice', echo('echo "$FOO"'), {
    env: [
      {name: 'FOO', value: 'one'},
      {name: 'FOO', value: 'two'},
    ],
  }),
  helper('env without a value', echo('echo "[$FOO]"'), {env: [{name: 'FOO'}]}, {env: {FOO: 'outer'}}),
  helper('env without a name', echo('echo x'), {env: [{value: 'bar'}]}),
  helper('the working folder', echo('basename "$PWD" | cut -c1-4')),
  helper('the information', echo('printf %s "$KUBERNETES_EXEC_INFO" | base64 -w0'), {}),
  helper('its own standard input', echo('cat; echo x')),
  helper('an exit status', '#!/bin/sh\nexit 3\n'),
  helper('an exit status and an answer', `${printing(token)}exit 1\n`),
  helper('an exit status and words', '#!/bin/sh\necho "please log in" >&2\nexit 1\n'),
  helper('words and an answer', printing(token).replace('cat', 'echo hello >&2\ncat')),
  helper('a signal', '#!/bin/sh\nkill -9 $$\n'),
  helper('no interpreter', printing(token).replace('#!/bin/sh', '#!/missing')),
  helper('no first line', printing(token).replace('#!/bin/sh\n', '')),
  userRow('a command that is missing', exec({command: 'no-such-helper'})),
  userRow(
    'a command that is missing, with a hint',
    exec({command: 'no-such-helper', installHint: 'brew install it'}),
  ),
  userRow('a path that is missing', exec({command: './no-such-helper'})),
  userRow(
    'a path that is missing, with a hint',
    exec({command: './no-such-helper', installHint: 'a\u001b[31mb\nc'}),
  ),
  userRow('a command that may not be run', exec(), {files: {'.kube/helper': printing(token)}}),
  userRow('a command that is a folder', exec({command: '.'})),
  userRow('a command in PATH', exec({command: 'helper-in-path'}), {
    programs: {'helper-in-path': printing(token)},
  }),
  userRow('a command with spaces', exec({command: './my helper'}), {
    programs: {'.kube/my helper': printing(token)},
  }),
  userRow('a command in a relative folder of PATH', exec({command: 'helper2'}), {
    programs: {'rel/helper2': printing(token)},
    env: {PATH: 'rel:/usr/bin:/bin'},
  }),
  userRow('no command', exec({command: ''})),
  userRow('a command that is null', exec({command: null})),
  userRow('no apiVersion', exec({apiVersion: ''})),
  userRow('v1alpha1', exec({apiVersion: 'client.authentication.k8s.io/v1alpha1'})),
  userRow('another apiVersion', exec({apiVersion: 'v1'})),
  userRow('no interactiveMode', exec({interactiveMode: ''})),
  userRow('interactiveMode that is none', exec({interactiveMode: 'Sometimes'})),
  answering('interactiveMode Always', token, {interactiveMode: 'Always'}),
  answering('interactiveMode IfAvailable', token, {interactiveMode: 'IfAvailable'}),
  answering('no interactiveMode in v1beta1', issued({token: 'b'}, BETA), {
    apiVersion: BETA,
    interactiveMode: undefined,
  }),
  answering('provideClusterInfo', token, {provideClusterInfo: true}),
  helper(
    'the information about the cluster',
    echo(`printf %s "$KUBERNETES_EXEC_INFO" | sed 's/[0-9]\\{4,5\\}//g' | base64 -w0`),
    {provideClusterInfo: true},
  ),
]

const besides: readonly Row[] = [
  ...(
    [
      ['token', {token: 'abc'}],
      ['password', {username: 'joe', password: 'pw'}],
    ] as const
  ).map(([what, user]) =>
    userRow(`a plugin beside a ${what}`, {...user, ...exec()}, {programs: {'.kube/helper': printing(token)}}),
  ),
  userRow(
    'a plugin beside a token file',
    {tokenFile: 'token', ...exec()},
    {programs: {'.kube/helper': printing(token)}, files: {'.kube/token': 'of-file'}},
  ),
  userRow(
    'a plugin beside an empty token file',
    {tokenFile: 'token', ...exec()},
    {programs: {'.kube/helper': printing(token)}, files: {'.kube/token': ''}},
  ),
  {
    name: 'a plugin beside a certificate',
    given: (site) => ({
      config: config(cluster(site), {
        'client-certificate-data': Buffer.from(site.identities.user.cert).toString('base64'),
        'client-key-data': Buffer.from(site.identities.user.key).toString('base64'),
        ...exec(),
      }),
      programs: {'.kube/helper': printing(token)},
    }),
  },
  userRow('a plugin and --token', exec(), {
    programs: {'.kube/helper': printing(token)},
    flags: ['--token=t'],
  }),
  userRow('a plugin and --as', exec(), {programs: {'.kube/helper': printing(token)}, flags: ['--as=jane']}),
  userRow('a plugin over http', exec(), (site) => ({
    programs: {'.kube/helper': printing(token)},
    flags: ['-s', site.url('plain')],
  })),
  userRow(
    'a plugin beside an auth provider',
    {...exec(), 'auth-provider': {name: 'oidc'}},
    {programs: {'.kube/helper': printing(token)}},
  ),
  ...['gcp', 'azure', 'nosuch', 'openstack', ''].map((name) =>
    userRow(`auth provider ${name}`, {'auth-provider': {name}}),
  ),
  userRow('auth provider oidc without fields', {'auth-provider': {name: 'oidc', config: {}}}),
  userRow('auth provider oidc without a token', {
    'auth-provider': {name: 'oidc', config: {'idp-issuer-url': 'https://x.invalid', 'client-id': 'a'}},
  }),
  userRow('auth provider oidc with a token', {
    'auth-provider': {
      name: 'oidc',
      config: {'idp-issuer-url': 'https://x.invalid', 'client-id': 'a', 'id-token': jwt(4_000_000_000)},
    },
  }),
  userRow('auth provider oidc with an old token', {
    'auth-provider': {
      name: 'oidc',
      config: {'idp-issuer-url': 'https://x.invalid', 'client-id': 'a', 'id-token': jwt(1)},
    },
  }),
  userRow('auth provider oidc with a token that is none', {
    'auth-provider': {
      name: 'oidc',
      config: {'idp-issuer-url': 'https://x.invalid', 'client-id': 'a', 'id-token': 'abc'},
    },
  }),
  userRow('auth provider oidc beside a token', {
    token: 'abc',
    'auth-provider': {name: 'oidc', config: {'idp-issuer-url': 'https://x.invalid', 'client-id': 'a'}},
  }),
]

function jwt(exp: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({alg: 'none'})}.${part({exp})}.c2ln`
}

const PREFERENCE = 'apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n'
const policy = (name: string, kuberc: string, given: Partial<Given> = {}, more: object = {}): Row =>
  userRow(name, exec(more), {
    programs: {'.kube/helper': printing(token), 'helper-in-path': printing(token)},
    files: {'.kube/kuberc': kuberc},
    ...given,
  })

const policies: readonly Row[] = [
  policy('kuberc that is empty', ''),
  policy('kuberc that is broken', 'a: ['),
  policy('kuberc of another kind', 'kind: Pod\napiVersion: v1\n'),
  policy('kuberc without a policy', PREFERENCE),
  policy('kuberc that denies all', `${PREFERENCE}credentialPluginPolicy: DenyAll\n`),
  policy('kuberc that allows all', `${PREFERENCE}credentialPluginPolicy: AllowAll\n`),
  policy('kuberc with an unknown policy', `${PREFERENCE}credentialPluginPolicy: Perhaps\n`),
  policy(
    'kuberc with a list',
    `${PREFERENCE}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{command: helper-in-path}]\n`,
    {},
    {command: 'helper-in-path'},
  ),
  policy(
    'kuberc with a list of others',
    `${PREFERENCE}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{command: other}]\n`,
    {},
    {command: 'helper-in-path'},
  ),
  policy(
    'kuberc with an empty list',
    `${PREFERENCE}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: []\n`,
  ),
  policy('kuberc with no list', `${PREFERENCE}credentialPluginPolicy: Allowlist\n`),
  policy(
    'kuberc with a list beside AllowAll',
    `${PREFERENCE}credentialPluginPolicy: AllowAll\ncredentialPluginAllowlist: [{command: x}]\n`,
  ),
  policy('KUBERC=off', `${PREFERENCE}credentialPluginPolicy: DenyAll\n`, {env: {KUBERC: 'off'}}),
  policy('KUBECTL_KUBERC=false', `${PREFERENCE}credentialPluginPolicy: DenyAll\n`, {
    env: {KUBECTL_KUBERC: 'false'},
  }),
  policy('KUBERC names a file', PREFERENCE, {
    files: {rc: `${PREFERENCE}credentialPluginPolicy: DenyAll\n`},
    env: {KUBERC: 'rc'},
  }),
  policy('KUBERC names a file that is missing', PREFERENCE, {env: {KUBERC: 'missing'}}),
  policy('--kuberc', PREFERENCE, {
    files: {rc: `${PREFERENCE}credentialPluginPolicy: DenyAll\n`},
    flags: ['--kuberc=rc'],
  }),
  policy('--kuberc beats KUBERC', PREFERENCE, {
    files: {rc: `${PREFERENCE}credentialPluginPolicy: DenyAll\n`, other: PREFERENCE},
    flags: ['--kuberc', 'rc'],
    env: {KUBERC: 'other'},
  }),
  policy('--kuberc beats KUBERC=off', PREFERENCE, {
    files: {rc: `${PREFERENCE}credentialPluginPolicy: DenyAll\n`},
    flags: ['--kuberc=rc'],
    env: {KUBERC: 'off'},
  }),
  policy('--kuberc that is missing', PREFERENCE, {flags: ['--kuberc=missing']}),
  policy('--kuberc that is broken', PREFERENCE, {files: {rc: 'a: ['}, flags: ['--kuberc=rc']}),
  policy('--kuberc= is none', `${PREFERENCE}credentialPluginPolicy: DenyAll\n`, {flags: ['--kuberc=']}),
  policy('--kuberc=off', `${PREFERENCE}credentialPluginPolicy: DenyAll\n`, {flags: ['--kuberc=off']}),
  userRow('--kuberc without a plugin', {token: 'abc'}, {flags: ['--kuberc=missing']}),
  userRow('KUBERC without a plugin', {token: 'abc'}, {env: {KUBERC: 'missing'}}),
  userRow(
    'a policy that is unknown, without a plugin',
    {token: 'abc'},
    {files: {'.kube/kuberc': `${PREFERENCE}credentialPluginPolicy: Perhaps\n`}},
  ),
  userRow('a kuberc that is broken, without a plugin', {token: 'abc'}, {files: {'.kube/kuberc': 'a: ['}}),
]

export const pluginRows: readonly Row[] = [...answers, ...runs, ...besides, ...policies]
