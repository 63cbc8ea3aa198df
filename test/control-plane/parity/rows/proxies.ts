import {base64, cluster, config, type Given, type Row, type Site} from '../row.ts'
import type {Place} from '../world.ts'

/** By the kubeconfig's `proxy-url`; the target is a name that only the proxy knows. */
const byConfig = (
  name: string,
  proxy: (site: Site) => string,
  target: {place?: Place; host?: string} = {},
  user: object | ((site: Site) => object) = {token: 'abc'},
  more: object = {},
): Row => ({
  name,
  given: (site) => ({
    config: config(
      cluster(site, {'proxy-url': proxy(site), ...more}, target.place ?? 'main', {
        host: target.host ?? 'api.example.test',
      }),
      typeof user === 'function' ? user(site) : user,
    ),
  }),
})

/** By the environment; the target's address is this machine's, but not one that is never proxied. */
const byEnvironment = (
  name: string,
  env: (site: Site) => Record<string, string>,
  target: {place?: Place; host?: string} = {},
  more: Partial<Given> = {},
): Row => ({
  name,
  given: (site) => ({
    config: config(cluster(site, {}, target.place ?? 'main', {host: target.host ?? '0.0.0.0'})),
    env: env(site),
    ...more,
  }),
})

const ident = (site: Site) => ({
  'client-certificate-data': base64(site.identities.user.cert),
  'client-key-data': base64(site.identities.user.key),
})

const TARGETS: readonly (readonly [string, {place?: Place; host?: string}])[] = [
  ['a name', {}],
  ['an address', {host: '127.0.0.1'}],
  ['an IPv6 address', {host: '[::1]'}],
  ['http', {place: 'plain'}],
  ['http by address', {place: 'plain', host: '127.0.0.1'}],
  ['a certificate of another name', {place: 'otherName'}],
]

const PROXIES = ['httpProxy', 'httpsProxy', 'socksProxy'] as const

const odd: readonly (readonly [string, (site: Site) => string])[] = [
  ['socks5h', (site) => site.url('socksProxy', {scheme: 'socks5h'})],
  ['socks4', (site) => site.url('socksProxy', {scheme: 'socks4'})],
  ['socks', (site) => site.url('socksProxy', {scheme: 'socks'})],
  ['SOCKS5 in capitals', (site) => site.url('socksProxy', {scheme: 'SOCKS5'})],
  ['HTTP in capitals', (site) => site.url('httpProxy', {scheme: 'HTTP'})],
  ['no scheme', (site) => `127.0.0.1:${site.port('httpProxy')}`],
  ['a name and no scheme', (site) => `localhost:${site.port('httpProxy')}`],
  ['ftp', () => 'ftp://127.0.0.1:1'],
  ['nonsense', () => ':::'],
  ['a space', (site) => `${site.url('httpProxy')} `],
  ['a path', (site) => site.url('httpProxy', {path: '/a'})],
  ['a slash', (site) => site.url('httpProxy', {path: '/'})],
  ['no host', () => 'http://'],
  ['the name localhost', (site) => site.url('httpProxy', {host: 'localhost'})],
  ['an IPv6 address', (site) => site.url('httpProxy', {host: '[::1]'})],
  ['an https proxy by the name localhost', (site) => site.url('httpsProxy', {host: 'localhost'})],
  ['an https proxy of another name', (site) => site.url('httpsProxyElsewhere')],
  ['an https proxy by http', (site) => site.url('httpsProxy', {scheme: 'http'})],
  ['an http proxy by https', (site) => site.url('httpProxy', {scheme: 'https'})],
  ['a password', (site) => site.url('httpProxyWithPassword', {user: 'joe:s3cret'})],
  ['a wrong password', (site) => site.url('httpProxyWithPassword', {user: 'joe:nope'})],
  ['no password', (site) => site.url('httpProxyWithPassword')],
  ['an escaped password', (site) => site.url('httpProxy', {user: 'jo%40e:a%3Ab%2F'})],
  ['a user without a password', (site) => site.url('httpProxy', {user: 'joe'})],
  ['an empty password', (site) => site.url('httpProxy', {user: 'joe:'})],
  ['a SOCKS password', (site) => site.url('socksProxyWithPassword', {user: 'joe:s3cret'})],
  ['a wrong SOCKS password', (site) => site.url('socksProxyWithPassword', {user: 'joe:nope'})],
  ['a SOCKS password that nobody asks for', (site) => site.url('socksProxy', {user: 'joe:s3cret'})],
  ['a proxy that refuses', (site) => site.url('brokenProxy')],
  ['a proxy that is not there', () => 'http://127.0.0.1:1'],
  ['an https proxy that is not there', () => 'https://127.0.0.1:1'],
  ['a SOCKS proxy that is not there', () => 'socks5://127.0.0.1:1'],
  ['a proxy that hangs up', (site) => site.url('hangingUp', {scheme: 'http'})],
  ['a SOCKS proxy that hangs up', (site) => site.url('hangingUp', {scheme: 'socks5'})],
  ['a SOCKS proxy that is something else', (site) => site.url('talking', {scheme: 'socks5'})],
  ['a proxy that is something else', (site) => site.url('talking', {scheme: 'http'})],
  ['a proxy whose name is unknown', () => 'http://proxy.invalid:3128'],
  ['an https proxy that wants a certificate', (site) => site.url('httpsProxyMutual')],
]

const EXEMPT: readonly (readonly [string, string])[] = [
  ['*', '0.0.0.0'],
  ['0.0.0.0', '0.0.0.0'],
  ['0.0.0.0/8', '0.0.0.0'],
  ['10.0.0.0/8', '0.0.0.0'],
  ['0.0.0.0/99', '0.0.0.0'],
  [' 0.0.0.0 ', '0.0.0.0'],
  ['a.test,0.0.0.0,b.test', '0.0.0.0'],
  ['a.test 0.0.0.0', '0.0.0.0'],
  ['0.0.0.0:1', '0.0.0.0'],
  ['0.0.0', '0.0.0.0'],
  ['.0.0.0', '0.0.0.0'],
  ['::', '[::]'],
  ['[::]', '[::]'],
  ['[::]:1', '[::]'],
  ['::/0', '[::]'],
  ['::/128', '[::]'],
  ['[::]/0', '[::]'],
  ['[::1]', '[::]'],
  ['::ffff:0:0/96', '0.0.0.0'],
  ['::ffff:0.0.0.0', '0.0.0.0'],
  ['api.example.test', 'api.example.test'],
  ['API.example.test', 'api.example.test'],
  ['example.test', 'api.example.test'],
  ['.example.test', 'api.example.test'],
  ['*.example.test', 'api.example.test'],
  ['ample.test', 'api.example.test'],
  ['test', 'api.example.test'],
  ['.api.example.test', 'api.example.test'],
  ['*.api.example.test', 'api.example.test'],
  ['a*.example.test', 'api.example.test'],
  ['api.example.test.', 'api.example.test'],
  ['api.example.test:1', 'api.example.test'],
  ['', '0.0.0.0'],
  [',', '0.0.0.0'],
  ['.', 'api.example.test'],
  ['none', '0.0.0.0'],
]

const proxied = (site: Site) => ({HTTPS_PROXY: site.url('httpProxy')})

const loopback: readonly (readonly [string, {place?: Place; host?: string}])[] = [
  ['127.0.0.1', {host: '127.0.0.1'}],
  ['localhost', {host: 'localhost'}],
  ['LOCALHOST', {host: 'LOCALHOST'}],
  ['[::1]', {host: '[::1]'}],
  ['http://127.0.0.1', {place: 'plain', host: '127.0.0.1'}],
]

export const proxyRows: readonly Row[] = [
  ...PROXIES.flatMap((proxy) =>
    TARGETS.map(([what, target]) => byConfig(`${proxy} to ${what}`, (site) => site.url(proxy), target)),
  ),
  ...odd.map(([what, url]) => byConfig(`proxy-url with ${what}`, url)),
  ...odd.slice(0, 14).map(([what, url]) => byConfig(`proxy-url to http with ${what}`, url, {place: 'plain'})),
  ...PROXIES.map((proxy) =>
    byConfig(`${proxy} with a client certificate`, (site) => site.url(proxy), {}, ident),
  ),
  byConfig(
    'an https proxy that gets the certificate it wants',
    (site) => site.url('httpsProxyMutual'),
    {},
    ident,
  ),
  byConfig(
    'an https proxy that gets a certificate, to http',
    (site) => site.url('httpsProxyMutual'),
    {place: 'plain'},
    ident,
  ),
  byConfig(
    'an https proxy and an insecure cluster',
    (site) => site.url('httpsProxyElsewhere'),
    {},
    {token: 'abc'},
    {'insecure-skip-tls-verify': true, 'certificate-authority-data': ''},
  ),
  byConfig(
    'an https proxy and tls-server-name',
    (site) => site.url('httpsProxy'),
    {},
    {token: 'abc'},
    {'tls-server-name': 'localhost'},
  ),
  byConfig(
    'an https proxy and a tls-server-name that it has not',
    (site) => site.url('httpsProxy'),
    {},
    {token: 'abc'},
    {'tls-server-name': 'api.example.test'},
  ),
  byConfig(
    'an http proxy and tls-server-name',
    (site) => site.url('httpProxy'),
    {},
    {token: 'abc'},
    {'tls-server-name': 'localhost'},
  ),
  byConfig(
    'a SOCKS proxy and tls-server-name',
    (site) => site.url('socksProxy'),
    {},
    {token: 'abc'},
    {'tls-server-name': 'localhost'},
  ),
  {
    name: 'proxy-url beats the environment',
    given: (site) => ({
      config: config(cluster(site, {'proxy-url': site.url('httpProxy')}, 'main', {host: '0.0.0.0'})),
      env: {HTTPS_PROXY: site.url('socksProxy'), NO_PROXY: '*'},
    }),
  },
  byEnvironment('HTTPS_PROXY', proxied),
  byEnvironment('https_proxy', (site) => ({https_proxy: site.url('httpProxy')})),
  byEnvironment('both HTTPS_PROXY and https_proxy', (site) => ({
    HTTPS_PROXY: site.url('httpProxy'),
    https_proxy: site.url('socksProxy'),
  })),
  byEnvironment('HTTP_PROXY is not for https', (site) => ({HTTP_PROXY: site.url('httpProxy')})),
  byEnvironment('HTTP_PROXY', (site) => ({HTTP_PROXY: site.url('httpProxy')}), {place: 'plain'}),
  byEnvironment('http_proxy', (site) => ({http_proxy: site.url('httpProxy')}), {place: 'plain'}),
  byEnvironment('HTTPS_PROXY is not for http', proxied, {place: 'plain'}),
  byEnvironment('ALL_PROXY is nobody’s', (site) => ({
    ALL_PROXY: site.url('httpProxy'),
    all_proxy: site.url('httpProxy'),
  })),
  byEnvironment('HTTP_PROXY in CGI', (site) => ({HTTP_PROXY: site.url('httpProxy'), REQUEST_METHOD: 'GET'}), {
    place: 'plain',
  }),
  byEnvironment('an empty HTTPS_PROXY', () => ({HTTPS_PROXY: ''})),
  ...odd
    .filter(([what]) => !/^socks/i.test(what))
    .slice(0, 16)
    .map(([what, url]) => byEnvironment(`HTTPS_PROXY with ${what}`, (site) => ({HTTPS_PROXY: url(site)}))),
  ...(['httpsProxy', 'socksProxy', 'socksProxyWithPassword'] as const).map((proxy) =>
    byEnvironment(
      `HTTP_PROXY with ${proxy}`,
      (site) => ({HTTP_PROXY: site.url(proxy, {user: 'joe:s3cret'})}),
      {place: 'plain'},
    ),
  ),
  ...EXEMPT.map(([list, host]) =>
    byEnvironment(`NO_PROXY=${list} for ${host}`, (site) => ({...proxied(site), NO_PROXY: list}), {host}),
  ),
  byEnvironment('no_proxy', (site) => ({...proxied(site), no_proxy: '0.0.0.0'})),
  byEnvironment('both NO_PROXY and no_proxy', (site) => ({
    ...proxied(site),
    NO_PROXY: 'a.test',
    no_proxy: '0.0.0.0',
  })),
  {
    name: 'NO_PROXY with the right port',
    given: (site) => ({
      config: config(cluster(site, {}, 'main', {host: '0.0.0.0'})),
      env: {...proxied(site), NO_PROXY: `0.0.0.0:${site.port('main')}`},
    }),
  },
  {
    name: 'NO_PROXY with the right port of IPv6',
    given: (site) => ({
      config: config(cluster(site, {}, 'main', {host: '[::]'})),
      env: {...proxied(site), NO_PROXY: `[::]:${site.port('main')}`},
    }),
  },
  ...loopback.map(([what, target]) =>
    byEnvironment(
      `${what} is never proxied`,
      (site) => ({...proxied(site), HTTP_PROXY: site.url('httpProxy')}),
      target,
    ),
  ),
  byEnvironment(
    'the environment, with a client certificate',
    (site) => ({HTTPS_PROXY: site.url('httpsProxyMutual')}),
    {},
  ),
  {
    name: 'HTTPS_PROXY with a client certificate',
    given: (site) => ({
      config: config(cluster(site, {}, 'main', {host: '0.0.0.0'}), ident(site)),
      env: {HTTPS_PROXY: site.url('httpsProxyMutual')},
    }),
  },
]
