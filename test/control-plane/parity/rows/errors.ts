import {cluster, config, type Row} from '../row.ts'

const PATHS = [
  'say-400',
  'say-401',
  'say-403',
  'say-404',
  'say-409',
  'say-410',
  'say-422',
  'say-429',
  'say-500',
  'say-503',
  'say-504',
  'say-418',
  'say-nothing',
  'html-200',
  'html-401',
  'html-403',
  'html-404',
  'html-405',
  'html-500',
  'html-502',
  'html-503',
  'empty-401',
  'empty-403',
  'empty-404',
  'empty-500',
  'plain-403',
  'plain-500',
  'half-json',
  'reset',
  'warned',
  'warned-twice',
  'warned-utf8',
  'moved-301',
  'moved-302',
  'moved-303',
  'moved-307',
  'moved-308',
  'moved-relative',
  'moved-round',
  'moved-nowhere',
]

const NAMED = [
  'say-401',
  'say-403',
  'say-404',
  'say-410',
  'say-500',
  'html-404',
  'html-502',
  'empty-404',
  'moved-302',
  'moved-307',
]

const at = (path: string, names: readonly string[] = [], flags: readonly string[] = []): Row => ({
  name: [path, ...names, ...flags].join(' '),
  given: (site) => ({config: config(cluster(site, {}, 'main', {path: `/${path}`})), names, flags}),
})

export const errorRows: readonly Row[] = [
  ...PATHS.map((path) => at(path)),
  ...NAMED.map((path) => at(path, ['db'])),
  at('warned', [], ['--warnings-as-errors']),
  at('say-403', [], ['-A']),
  {name: 'refused', given: (site) => ({config: config(cluster(site, {server: 'https://127.0.0.1:1'}))})},
  {
    name: 'refused by name',
    given: (site) => ({config: config(cluster(site, {server: 'https://localhost:1'}))}),
  },
  {name: 'refused over http', given: () => ({flags: ['-s', 'http://127.0.0.1:1']})},
  {
    name: 'refused over IPv6',
    given: (site) => ({config: config(cluster(site, {server: 'https://[::1]:1'}))}),
  },
  {
    name: 'refused with a path',
    given: (site) => ({config: config(cluster(site, {server: 'https://127.0.0.1:1/a/b'}))}),
  },
  {
    name: 'an unknown host',
    given: (site) => ({config: config(cluster(site, {server: 'https://nosuch.invalid'}))}),
  },
  {
    name: 'an unknown host with a port',
    given: (site) => ({config: config(cluster(site, {server: 'https://nosuch.invalid:6443'}))}),
  },
]
