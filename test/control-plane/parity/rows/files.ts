import {base64, cluster, config, type Given, type Row, type Site} from '../row.ts'

type Text = (site: Site) => string | Buffer

/** One kubeconfig as YAML text, with marked places to change. */
function yaml(site: Site, changes: Readonly<Record<string, string>> = {}): string {
  const parts = {
    top: 'apiVersion: v1\nkind: Config',
    current: 'current-context: x',
    cluster: '',
    user: 'token: abc',
    context: '',
    insecure: '',
    ...changes,
  }
  return `${parts.top}
${parts.current}
clusters:
- name: c
  cluster:
    server: ${site.url('main')}
    certificate-authority-data: ${base64(site.identities.root.cert)}
    ${parts.cluster}
users:
- name: u
  user:
    ${parts.user}
contexts:
- name: x
  context:
    cluster: c
    user: u
    ${parts.context}
`
}

const text = (name: string, make: Text): Row => ({name, given: (site) => ({config: make(site)})})
const changed = (name: string, changes: Readonly<Record<string, string>>): Row =>
  text(name, (site) => yaml(site, changes))
const utf16 = (content: string, isBig: boolean): Buffer => {
  const bytes = Buffer.from(`\ufeff${content}`, 'utf16le')
  return isBig ? bytes.swap16() : bytes
}

const encodings: readonly Row[] = [
  text('UTF-8', (site) => yaml(site)),
  text('UTF-8 with a byte order mark', (site) => `\ufeff${yaml(site)}`),
  text('UTF-16 little endian', (site) => utf16(yaml(site), false)),
  text('UTF-16 big endian', (site) => utf16(yaml(site), true)),
  text('UTF-16 without a byte order mark', (site) => Buffer.from(yaml(site), 'utf16le')),
  text('Windows line ends', (site) => yaml(site).replaceAll('\n', '\r\n')),
  text('bytes that are no UTF-8', (site) =>
    Buffer.concat([Buffer.from(yaml(site)), Buffer.from([0x23, 0xff, 0xfe])]),
  ),
  text('a name that is no UTF-8', (site) =>
    Buffer.from(yaml(site).replace('name: x', 'name: "\xe9"'), 'latin1'),
  ),
  text('a control character', (site) => yaml(site).replace('token: abc', 'token: a\u0001bc')),
  text('a NUL', (site) => `${yaml(site)}\u0000`),
  text('JSON', (site) => JSON.stringify(config(cluster(site)))),
  text('JSON with tabs', (site) => JSON.stringify(config(cluster(site)), null, '\t')),
  text('empty', () => ''),
  text('only a comment', () => '# nothing\n'),
  text('only white space', () => ' \n\n'),
  text('null', () => 'null\n'),
  text('{}', () => '{}'),
  text('a list', () => '- a\n- b\n'),
  text('a number', () => '42'),
  text('a text', () => 'hello'),
  text('broken YAML', () => 'a: [1\n'),
  text('broken indentation', (site) => yaml(site).replace('    server', '  server')),
  text('a tab as indentation', (site) => yaml(site).replace('    server', '\tserver')),
  text('several documents', (site) => `${yaml(site)}---\nkind: Other\n`),
  text('several documents, the first empty', (site) => `---\n---\n${yaml(site)}`),
  text('a document marker first', (site) => `---\n${yaml(site)}`),
  text('a document end', (site) => `${yaml(site)}...\n`),
  text('a YAML directive', (site) => `%YAML 1.1\n---\n${yaml(site)}`),
  text('anchors', (site) => yaml(site).replace('name: c', 'name: &n c').replace('cluster: c', 'cluster: *n')),
  text('a merge key', (site) => `base: &b {token: abc}\n${yaml(site, {user: '<<: *b'})}`),
  text('an unknown alias', (site) => yaml(site, {user: 'token: *nobody'})),
]

const fields: readonly Row[] = [
  changed('another kind', {top: 'apiVersion: v1\nkind: Secret'}),
  changed('another version', {top: 'apiVersion: v2\nkind: Config'}),
  changed('no kind', {top: 'apiVersion: v1'}),
  changed('no version', {top: 'kind: Config'}),
  changed('neither kind nor version', {top: 'preferences: {}'}),
  changed('an empty kind', {top: 'apiVersion: ""\nkind: ""'}),
  changed('an unknown field', {top: 'apiVersion: v1\nkind: Config\nmore: {a: 1}'}),
  changed('an unknown field of a cluster', {cluster: 'color: red'}),
  changed('an unknown field of a user', {user: 'token: abc\n    color: red'}),
  changed('preferences', {top: 'apiVersion: v1\nkind: Config\npreferences: {colors: true}'}),
  changed('preferences that are text', {top: 'apiVersion: v1\nkind: Config\npreferences: hello'}),
  changed('extensions', {top: 'apiVersion: v1\nkind: Config\nextensions: [{name: a, extension: {b: 1}}]'}),
  changed('fields in other case', {user: 'Token: abc'}),
  changed('a field in both cases', {user: 'token: abc\n    Token: def'}),
  changed('a field twice', {user: 'token: abc\n    token: def'}),
  changed('token is a number', {user: 'token: 123'}),
  changed('token is a large number', {user: 'token: 12345678901234567890'}),
  changed('token is a number with an exponent', {user: 'token: 1e3'}),
  changed('token is octal', {user: 'token: 0755'}),
  changed('token is binary', {user: 'token: 0b11'}),
  changed('token has underscores', {user: 'token: 1_000'}),
  changed('token is a time', {user: 'token: 2024-01-01'}),
  changed('token is sexagesimal', {user: 'token: 12:30:45'}),
  changed('token is infinity', {user: 'token: .inf'}),
  changed('token is true', {user: 'token: true'}),
  changed('token is yes', {user: 'token: yes'}),
  changed('token is on', {user: 'token: on'}),
  changed('token is y', {user: 'token: y'}),
  changed('token is N', {user: 'token: N'}),
  changed('token is Off', {user: 'token: Off'}),
  changed('token is a quoted yes', {user: 'token: "yes"'}),
  changed('token is null', {user: 'token: null'}),
  changed('token is ~', {user: 'token: ~'}),
  changed('token is empty', {user: 'token:'}),
  changed('token is a tagged text', {user: 'token: !!str 123'}),
  changed('token is binary by its tag', {user: 'token: !!binary YWJj'}),
  changed('token has an unknown tag', {user: 'token: !secret abc'}),
  changed('token is a folded text', {user: 'token: >-\n      abc\n      def'}),
  changed('token is a block of text', {user: 'token: |\n      abc'}),
  changed('token is a list', {user: 'token: [a]'}),
  changed('namespace is a number', {context: 'namespace: 7'}),
  changed('namespace is no', {context: 'namespace: no'}),
  changed('namespace is yes', {context: 'namespace: yes'}),
  changed('namespace is y', {context: 'namespace: y'}),
  changed('current-context is a number', {current: 'current-context: 1'}),
  changed('current-context is null', {current: 'current-context: null'}),
  changed('current-context twice', {current: 'current-context: nope\ncurrent-context: x'}),
  ...['true', 'yes', 'On', 'off', 'y', 'N', 't', '1', '"true"', 'null', ''].map((word) =>
    text(`insecure-skip-tls-verify: ${word}`, (site) =>
      yaml(site, {cluster: `insecure-skip-tls-verify: ${word}`}).replace(
        / +certificate-authority-data.*\n/,
        '',
      ),
    ),
  ),
  ...['yes', 'on', 'n', 'y'].map((word) =>
    changed(`disable-compression: ${word}`, {cluster: `disable-compression: ${word}`}),
  ),
  changed('a user of no fields', {user: '{}'}),
  text('clusters are null', () => 'kind: Config\nclusters: null\nusers: null\ncontexts: null\n'),
  text('clusters are an object', () => 'kind: Config\nclusters: {a: 1}\n'),
  text('a cluster without a name', (site) => yaml(site).replace('- name: c\n  cluster:', '- cluster:')),
  text('a name twice', (site) => yaml(site).replace('users:', `users:\n- {name: u, user: {token: first}}`)),
  text('a name is a number', (site) =>
    yaml(site).replace('name: u', 'name: 5').replace('user: u', 'user: "5"'),
  ),
  text('a name is yes', (site) =>
    yaml(site).replace('name: u', 'name: yes').replace('user: u', 'user: "yes"'),
  ),
  text('a name is y', (site) => yaml(site).replace('name: u', 'name: y').replace('user: u', 'user: y')),
  text('certificate data that is no base64', (site) =>
    yaml(site).replace(/authority-data: .*/, 'authority-data: "***"'),
  ),
  text('certificate data in several lines', (site) =>
    yaml(site).replace(/authority-data: (.{40})(.*)/, 'authority-data: |\n      $1\n      $2'),
  ),
  text('certificate data without padding', (site) => yaml(site).replace(/(authority-data: .*?)=*\n/, '$1\n')),
  text('certificate data with spaces', (site) =>
    yaml(site).replace(/authority-data: (.{40})/, 'authority-data: $1 '),
  ),
  text('certificate data that is no certificate', (site) =>
    yaml(site).replace(/authority-data: .*/, `authority-data: ${base64('hello')}`),
  ),
  text('certificate data that is empty', (site) =>
    yaml(site).replace(/authority-data: .*/, 'authority-data: ""'),
  ),
]

const two = (
  name: string,
  make: (site: Site) => readonly [unknown, unknown],
  more: Partial<Given> = {},
): Row => ({
  name,
  given: (site) => {
    const [a, b] = make(site)
    return {
      files: {a: a as object, b: b as object},
      env: {KUBECONFIG: 'a:b'},
      ...more,
    }
  },
})

const only = (keys: readonly string[], whole: object): object =>
  Object.fromEntries(Object.entries(whole).filter(([key]) => keys.includes(key)))

const merging: readonly Row[] = [
  two('the same file twice', (site) => [config(cluster(site)), config(cluster(site))], {
    env: {KUBECONFIG: 'a:a'},
  }),
  two('the first user wins', (site) => [
    config(cluster(site), {token: 'one'}),
    config(cluster(site), {token: 'two'}),
  ]),
  two('entries are not mixed', (site) => [
    config(cluster(site), {username: 'joe', password: 'x'}),
    config(cluster(site), {token: 'two'}),
  ]),
  two('the first current-context wins', (site) => [
    {'current-context': 'x', kind: 'Config'},
    {...config(cluster(site)), 'current-context': 'other'},
  ]),
  two('the current-context stands in the second', (site) => [
    {...config(cluster(site)), 'current-context': ''},
    {'current-context': 'x'},
  ]),
  two('parts in two files', (site) => {
    const whole = config(cluster(site))
    return [only(['clusters', 'current-context'], whole), only(['users', 'contexts'], whole)]
  }),
  two('the first is missing', (site) => ['', config(cluster(site))], {env: {KUBECONFIG: 'missing:b'}}),
  two('the second is missing', (site) => [config(cluster(site)), ''], {env: {KUBECONFIG: 'a:missing'}}),
  two('all are missing', () => ['', ''], {env: {KUBECONFIG: 'missing:nowhere'}}),
  two('the first is empty', (site) => ['', config(cluster(site))]),
  two('the first is broken', (site) => ['a: [', config(cluster(site))]),
  two('both are broken', () => ['a: [', '- 1']),
  two('the second is of another kind', (site) => [config(cluster(site)), {kind: 'Pod', apiVersion: 'v1'}]),
  two('a broken user elsewhere', (site) => [
    config(cluster(site)),
    {users: [{name: 'z', user: {'client-certificate': '/missing'}}]},
  ]),
  two('empty parts', (site) => [config(cluster(site)), ''], {env: {KUBECONFIG: ':a::b:'}}),
  two('a folder', (site) => [config(cluster(site)), ''], {env: {KUBECONFIG: 'a:.'}}),
  two(
    '--kubeconfig beats KUBECONFIG',
    (site) => [config(cluster(site), {token: 'one'}), config(cluster(site), {token: 'two'})],
    {flags: ['--kubeconfig=b']},
  ),
  two('--kubeconfig that is missing', (site) => [config(cluster(site)), ''], {
    flags: ['--kubeconfig', 'missing'],
  }),
  two('--kubeconfig that is a folder', (site) => [config(cluster(site)), ''], {flags: ['--kubeconfig', '.']}),
  two('--kubeconfig= is none', (site) => [config(cluster(site)), ''], {flags: ['--kubeconfig=']}),
  two('--kubeconfig with a list', (site) => [config(cluster(site)), ''], {flags: ['--kubeconfig', 'a:b']}),
  {name: 'an empty KUBECONFIG', given: (site) => ({config: config(cluster(site)), env: {KUBECONFIG: ''}})},
  {name: 'no file at all', given: () => ({})},
  {name: 'no HOME', given: (site) => ({config: config(cluster(site)), env: {HOME: ''}})},
  {
    name: '~ in KUBECONFIG',
    given: (site) => ({config: config(cluster(site)), env: {KUBECONFIG: '~/.kube/config'}}),
  },
  {
    name: 'a relative authority, in a folder of its own',
    given: (site) => ({
      files: {
        'sub/config': config(
          cluster(site, {'certificate-authority-data': '', 'certificate-authority': 'ca.crt'}),
        ),
        'sub/ca.crt': site.identities.root.cert,
      },
      env: {KUBECONFIG: 'sub/config'},
    }),
  },
  {
    name: 'a relative token file, in a folder of its own',
    given: (site) => ({
      files: {'sub/config': config(cluster(site), {tokenFile: '../token'}), token: 'of-a-file'},
      env: {KUBECONFIG: 'sub/config'},
    }),
  },
  {
    name: 'a relative authority of --certificate-authority',
    given: (site) => ({
      files: {
        'sub/config': config(cluster(site, {'certificate-authority-data': ''})),
        'ca.crt': site.identities.root.cert,
      },
      env: {KUBECONFIG: 'sub/config'},
      flags: ['--certificate-authority=ca.crt'],
    }),
  },
]

export const fileRows: readonly Row[] = [...encodings, ...fields, ...merging]
