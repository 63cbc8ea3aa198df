import {cluster, config, flagRow, type Row} from '../row.ts'

const TIMES = [
  '0',
  '500',
  '30s',
  '1m',
  '1h',
  '720h',
  '600h',
  '10000h',
  '2562047h',
  '2562048h',
  '9223372036',
  '9223372037',
  '99999999999999999999',
  '2147483648',
  '2147484',
  '1d',
  'abc',
  '',
  '-1',
  '-1s',
  '100.5s',
  '1.5',
  '.5h',
  '1s1',
  '1 s',
  '+500',
  '+500s',
  '1h30m',
  '100000ms',
  '1e3',
  '0x10',
  '١',
  '1_000',
  '5S',
  '0s',
  '-0',
  '1us',
  '∞',
  ' 5',
  '1us100000ms',
]

export const timeoutRows: readonly Row[] = [
  ...TIMES.filter((time) => time !== '1us').map((time) =>
    flagRow(
      () => [`--request-timeout=${time}`],
      () => ({}),
      `--request-timeout=${time}`,
    ),
  ),
  flagRow('--request-timeout 500s'),
  flagRow('--request-timeout=5 --request-timeout=abc'),
  flagRow('--request-timeout'),
  ...['1s', '1', '300ms'].map(
    (time): Row => ({
      name: `a silent server and --request-timeout=${time}`,
      given: (site) => ({config: config(cluster(site, {}, 'silent')), flags: [`--request-timeout=${time}`]}),
    }),
  ),
  {
    name: 'a silent proxy and --request-timeout=1s',
    given: (site) => ({
      config: config(cluster(site, {'proxy-url': site.url('silent', {scheme: 'http'})})),
      flags: ['--request-timeout=1s'],
    }),
  },
  {
    name: 'a silent SOCKS proxy and --request-timeout=1s',
    given: (site) => ({
      config: config(cluster(site, {'proxy-url': site.url('silent', {scheme: 'socks5'})})),
      flags: ['--request-timeout=1s'],
    }),
  },
]
