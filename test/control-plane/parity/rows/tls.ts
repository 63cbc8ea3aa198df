import type {IdentityName} from '../authorities.ts'
import {base64, cluster, clusterRow, config, flagRow, type Row, type Site} from '../row.ts'
import type {Place} from '../world.ts'

const TRUSTED: readonly (readonly [Place, readonly IdentityName[]])[] = [
  ['main', ['root', 'other', 'server', 'intermediate']],
  ['beneath', ['root', 'intermediate', 'beneath', 'bare', 'other']],
  ['bare', ['root', 'intermediate', 'bare', 'other']],
  ['selfSigned', ['selfSigned', 'root']],
  ['selfSignedAuthority', ['selfSignedAuthority', 'root']],
  ['otherName', ['root', 'otherName']],
  ['otherAddress', ['root']],
  ['wildcard', ['root']],
  ['nameless', ['root', 'nameless']],
  ['expired', ['root', 'expired', 'other']],
  ['future', ['root']],
]

const trusting = (place: Place, authority: IdentityName): Row =>
  clusterRow(`${place} by ${authority}`, (site) => ({
    server: site.url(place),
    'certificate-authority-data': base64(site.identities[authority].cert),
  }))

const byFile = (name: string, content: (site: Site) => string | undefined, more: object = {}): Row => ({
  name,
  given: (site) => {
    const text = content(site)
    return {
      config: config({server: site.url('main'), 'certificate-authority': 'ca.crt', ...more}),
      ...(text !== undefined && {files: {'.kube/ca.crt': text}}),
    }
  },
})

const NAMES = [
  'localhost',
  'api.example.test',
  'one.example.test',
  'elsewhere.test',
  '127.0.0.1',
  '10.0.0.1',
  '::1',
  'LOCALHOST',
  'localhost.',
  'ü.example',
  '',
]

export const tlsRows: readonly Row[] = [
  ...TRUSTED.flatMap(([place, authorities]) => authorities.map((authority) => trusting(place, authority))),
  ...TRUSTED.map(([place]) => clusterRow(`${place} by nothing`, (site) => ({server: site.url(place)}))),
  ...TRUSTED.map(([place]) =>
    clusterRow(`${place} insecure`, (site) => ({server: site.url(place), 'insecure-skip-tls-verify': true})),
  ),
  ...NAMES.map((name) =>
    clusterRow(`tls-server-name: ${name}`, (site) => cluster(site, {'tls-server-name': name})),
  ),
  ...NAMES.map((name) =>
    clusterRow(`tls-server-name: ${name}, of another server`, (site) =>
      cluster(site, {'tls-server-name': name}, 'otherName'),
    ),
  ),
  ...['a.example.test', 'a.b.example.test', 'example.test', 'A.EXAMPLE.TEST'].map((name) =>
    clusterRow(`tls-server-name: ${name}, of a wildcard`, (site) =>
      cluster(site, {'tls-server-name': name}, 'wildcard'),
    ),
  ),
  clusterRow('tls-server-name, insecure', (site) => ({
    server: site.url('main'),
    'insecure-skip-tls-verify': true,
    'tls-server-name': 'anything.test',
  })),
  clusterRow('insecure with an authority', (site) => cluster(site, {'insecure-skip-tls-verify': true})),
  clusterRow('by localhost', (site) => cluster(site, {}, 'main', {host: 'localhost'})),
  clusterRow('several authorities', (site) =>
    cluster(site, {
      'certificate-authority-data': base64(site.identities.other.cert + site.identities.root.cert),
    }),
  ),
  clusterRow('text around the authority', (site) =>
    cluster(site, {'certificate-authority-data': base64(`hello\n${site.identities.root.cert}bye\n`)}),
  ),
  clusterRow('a key beside the authority', (site) =>
    cluster(site, {
      'certificate-authority-data': base64(site.identities.root.key + site.identities.root.cert),
    }),
  ),
  clusterRow('a broken authority before the right one', (site) =>
    cluster(site, {
      'certificate-authority-data': base64(
        `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${site.identities.root.cert}`,
      ),
    }),
  ),
  clusterRow('only a key', (site) =>
    cluster(site, {'certificate-authority-data': base64(site.identities.root.key)}),
  ),
  clusterRow('an authority in DER', (site) =>
    cluster(site, {
      'certificate-authority-data': base64(
        Buffer.from(site.identities.root.cert.replace(/-.*-|\n/g, ''), 'base64').toString('latin1'),
      ),
    }),
  ),
  clusterRow('an authority with Windows line ends', (site) =>
    cluster(site, {'certificate-authority-data': base64(site.identities.root.cert.replaceAll('\n', '\r\n'))}),
  ),
  clusterRow('a TRUSTED CERTIFICATE', (site) =>
    cluster(site, {
      'certificate-authority-data': base64(
        site.identities.root.cert.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE'),
      ),
    }),
  ),
  byFile('an authority by file', (site) => site.identities.root.cert),
  byFile('an authority by file that is missing', () => undefined),
  byFile('an authority by file that is empty', () => ''),
  byFile('an authority by file that is no certificate', () => 'hello'),
  byFile('an authority by file of another', (site) => site.identities.other.cert),
  byFile('an authority by file, insecure', (site) => site.identities.root.cert, {
    'insecure-skip-tls-verify': true,
  }),
  {
    name: 'an authority by file and by data',
    given: (site) => ({
      config: config(cluster(site, {'certificate-authority': 'ca.crt'})),
      files: {'.kube/ca.crt': site.identities.root.cert},
    }),
  },
  {
    name: 'an authority by a folder',
    given: (site) => ({config: config({server: site.url('main'), 'certificate-authority': '.'})}),
  },
  flagRow('--insecure-skip-tls-verify'),
  flagRow('--insecure-skip-tls-verify=false'),
  flagRow('--insecure-skip-tls-verify=yes'),
  flagRow('--insecure-skip-tls-verify --certificate-authority=ca.crt', (site) => ({
    files: {'ca.crt': site.identities.root.cert},
  })),
  flagRow('--certificate-authority=ca.crt', (site) => ({files: {'ca.crt': site.identities.root.cert}})),
  flagRow('--certificate-authority=other.crt', (site) => ({
    files: {'other.crt': site.identities.other.cert},
  })),
  flagRow('--certificate-authority=missing.crt'),
  flagRow('--certificate-authority='),
  flagRow('--tls-server-name=api.example.test'),
  flagRow('--tls-server-name=nope.test'),
  flagRow(
    '--tls-server-name=',
    (site) => ({config: config(cluster(site, {'tls-server-name': 'api.example.test'}))}),
    '--tls-server-name= over a name',
  ),
  flagRow(
    (site) => ['-s', site.url('main')],
    (site) => ({config: config(cluster(site, {'tls-server-name': 'nope.test'}))}),
    '--server forgets tls-server-name',
  ),
  ...(['main', 'selfSigned', 'otherName'] as const).flatMap((place) => [
    flagRow(
      (site) => ['-s', site.url(place)],
      () => ({}),
      `--server ${place} with the file's authority`,
    ),
    flagRow(
      (site) => ['-s', site.url(place), '--insecure-skip-tls-verify'],
      () => ({}),
      `--server ${place}, insecure`,
    ),
  ]),
  {
    name: 'NODE_EXTRA_CA_CERTS gives no trust',
    given: (site) => ({
      config: config({server: site.url('main')}),
      files: {'ca.crt': site.identities.root.cert},
      env: {NODE_EXTRA_CA_CERTS: 'ca.crt'},
    }),
  },
  {
    name: 'SSL_CERT_FILE gives trust',
    given: (site) => ({
      config: config({server: site.url('main')}),
      files: {'ca.crt': site.identities.root.cert},
      env: {SSL_CERT_FILE: 'ca.crt'},
    }),
  },
  {
    name: 'SSL_CERT_DIR gives trust',
    given: (site) => ({
      config: config({server: site.url('main')}),
      files: {'cas/ca.crt': site.identities.root.cert},
      env: {SSL_CERT_DIR: 'cas', SSL_CERT_FILE: '/dev/null'},
    }),
  },
  {
    name: 'SSL_CERT_FILE beside an authority of the kubeconfig',
    given: (site) => ({
      config: config(cluster(site, {'certificate-authority-data': base64(site.identities.other.cert)})),
      files: {'ca.crt': site.identities.root.cert},
      env: {SSL_CERT_FILE: 'ca.crt'},
    }),
  },
  {
    name: 'NODE_TLS_REJECT_UNAUTHORIZED',
    given: (site) => ({config: config({server: site.url('main')}), env: {NODE_TLS_REJECT_UNAUTHORIZED: '0'}}),
  },
  {
    name: 'NODE_OPTIONS with --use-openssl-ca',
    given: (site) => ({config: config(cluster(site)), env: {NODE_OPTIONS: '--use-openssl-ca'}}),
  },
  clusterRow('http where https is spoken', (site) => ({server: `http://127.0.0.1:${site.port('main')}`})),
  clusterRow('https where something else is spoken', (site) => ({
    server: `https://127.0.0.1:${site.port('talking')}`,
    'insecure-skip-tls-verify': true,
  })),
  clusterRow('http where something else is spoken', (site) => ({
    server: `http://127.0.0.1:${site.port('talking')}`,
  })),
  clusterRow('a server that wants a certificate and gets none', (site) => cluster(site, {}, 'mutual')),
]
