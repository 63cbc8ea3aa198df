import {expect, test} from 'vitest'
import {requestLog} from '../../src/cluster/transport/request-log.ts'
import {spawnPlugin} from '../spawn-plugin.ts'
import {fakeServer, json, kubeconfig} from './fake-server.ts'

const URL = 'https://s/api/v1/pods?limit=500'
const PREFIX = String.raw`I\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ request-log\] `

/** What is told of one request and its answer. */
function told(verbosity: number): readonly string[] | undefined {
  const lines: string[] = []
  const log = requestLog(verbosity, (line) => lines.push(line))
  log?.asked(URL, {authorization: 'Bearer hidden', accept: 'application/json', cookie: 'a=hidden'})
  const headers = {
    'content-type': 'application/json',
    'set-cookie': ['b=hidden', 'c=hidden'],
    'x-a': '\u001b[2J',
  }
  log?.answered(URL, {status: 200, headers, milliseconds: 12.4})
  return log && lines.map((line) => line.replace(new RegExp(`^${PREFIX}`), ''))
}

const REQUEST = [
  `"Request" verb="GET" url="${URL}" headers=<`,
  '\tAccept: application/json',
  '\tAuthorization: Bearer <masked>',
  '\tCookie: <masked>',
  ' >',
]

test('below -v=6 nothing is told', () => {
  expect([0, 5].map(told)).toEqual([undefined, undefined])
})

test('-v=6 tells each request on a line', () => {
  expect(told(6)).toEqual([`"Response" verb="GET" url="${URL}" status="200 OK" milliseconds=12`])
})

test('-v=7 tells what was sent besides, without what proves who sent it', () => {
  expect(told(7)).toEqual([...REQUEST, '"Response" status="200 OK" milliseconds=12'])
})

test('-v=8 and more tell what came back besides, without secrets and cleaned', () => {
  for (const level of [8, 9, 10])
    expect(told(level)).toEqual([
      ...REQUEST,
      '"Response" status="200 OK" milliseconds=12 headers=<',
      '\tContent-Type: application/json',
      '\tSet-Cookie: <masked>',
      '\tSet-Cookie: <masked>',
      '\tX-A: ^[[2J',
      ' >',
    ])
})

test('a request without an answer is told as well', () => {
  const lines: string[] = []
  requestLog(6, (line) => lines.push(line))?.answered(URL, {milliseconds: 3})
  expect(lines[0]).toMatch(
    new RegExp(`^${PREFIX}"Response" verb="GET" url="${URL.replace('?', '\\?')}" status="" milliseconds=3$`),
  )
})

test('the built plugin tells it on stderr', async () => {
  const server = await fakeServer((_, response) => json(response, {items: []}))
  const config = kubeconfig(server.url, {token: 'hidden'})
  const {code, stderr} = await spawnPlugin(['map', '--kubeconfig', config, '-v=8'], '/')
  expect(code).toBe(0)
  expect(stderr).toMatch(
    /"Request" verb="GET" url="\S+\/apis\/apps\/v1\/namespaces\/shop\/statefulsets\?limit=500"/,
  )
  expect(stderr).toContain('\tAuthorization: Bearer <masked>\n')
  expect(stderr).toContain('"Response" status="200 OK" ')
  expect(stderr).not.toContain('hidden')
})
