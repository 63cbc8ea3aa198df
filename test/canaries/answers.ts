import type {IncomingMessage, RequestListener, ServerResponse} from 'node:http'
import {fakeServer, json, kubeconfig} from '../cluster/fake-server.ts'
import {planted} from './planted.ts'
import type {Situation, Situations} from './situation.ts'

/** What a careless server, or a proxy before it, says of who asked: the header, and what it says when it is read. */
export function echoOf({headers}: IncomingMessage): string {
  const {authorization = ''} = headers
  const [scheme, word = ''] = authorization.split(' ')
  const read = Buffer.from(word, 'base64')
    .toString()
    .replaceAll(/[^ -~]/g, '')
  return [authorization, scheme, word, read].join(' | ')
}

type Answer = (echo: string, response: ServerResponse, request: IncomingMessage) => unknown

const status = (code: number, reason: string, more: object = {}): Answer => {
  return (echo, response) =>
    json(
      response,
      {kind: 'Status', apiVersion: 'v1', code, reason, message: `you sent ${echo}`, ...more},
      code,
    )
}

const text =
  (code: number, words: (echo: string) => string, headers: object = {}): Answer =>
  (echo, response) =>
    response.writeHead(code, {'content-type': 'text/html', ...headers}).end(words(echo))

/** Only the lists of that kind are answered so. */
const onlyOf =
  (kind: string, answer: Answer): Answer =>
  (echo, response, request) =>
    request.url?.includes(`/${kind}`) ? answer(echo, response, request) : json(response, {items: []})

const SET = {metadata: {name: 'db', namespace: 'shop', uid: '1'}, spec: {replicas: 1}}
const withSet =
  (answer: Answer): Answer =>
  (echo, response, request) =>
    request.url?.includes('/statefulsets') ? json(response, {items: [SET]}) : answer(echo, response, request)

const ANSWERS: Readonly<Record<string, readonly [Answer, RegExp, (readonly string[])?]>> = {
  '401 with a Status': [status(401, 'Unauthorized'), /^error: You must be logged in to the server/],
  '403 with a Status': [status(403, 'Forbidden'), /^Error from server \(Forbidden\): you sent/],
  '403 of Pods': [withSet(onlyOf('pods', status(403, 'Forbidden'))), /could not read pods/, ['-o', 'json']],
  '404 in HTML': [text(404, (echo) => `<html>${echo}</html>`), /could not find the requested resource/],
  '500 in HTML': [text(500, (echo) => `<p>${echo}</p>`), /^Error from server: 500 Internal Server Error: /],
  'a long word, cut': [
    text(502, (echo) => `${'x'.repeat(150)} ${echo}`),
    /^Error from server: 502 Bad Gateway: /,
  ],
  'a long Status, cut': [
    (echo, response) => json(response, {kind: 'Status', message: `${'x'.repeat(980)} ${echo}`}, 500),
    /^Error from server: xxx/,
  ],
  'no JSON': [text(200, (echo) => `welcome ${echo}`), /is not JSON: welcome/],
  'half of JSON': [text(200, (echo) => `{"you": "${echo}"`), /ends in the middle/],
  'no list': [(echo, response) => json(response, {you: echo}), /is not a list/],
  'a warning': [
    (echo, response) => {
      response.setHeader('warning', `299 - "${echo.replaceAll('"', '')}"`)
      json(response, {items: []})
    },
    /^Warning: /,
  ],
  '429 until tomorrow': [text(429, (echo) => echo, {'retry-after': '86400'}), /^Error from server/],
  'a redirect': [
    text(302, (echo) => echo, {location: 'https://me:pw@127.0.0.1:1/'}),
    /^(Error from server|.*refused|Unable)/,
  ],
  'a broken connection': [(_, response) => response.destroy(), /^Unable to connect to the server: /],
}

function situation([answer, says, flags = []]: readonly [Answer, RegExp, (readonly string[])?]): Situation {
  const listener: RequestListener = (request, response) => answer(echoOf(request), response, request)
  const user = {token: planted('token')}
  return {
    arrange: async () => ({kubeconfig: kubeconfig((await fakeServer(listener)).url, user), flags}),
    says,
  }
}

/** What servers answer who say back what they were sent. */
export const answers: Situations = Object.fromEntries(
  Object.entries(ANSWERS).map(([what, how]) => [what, situation(how)]),
)
