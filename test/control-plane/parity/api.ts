import type {IncomingMessage, ServerResponse} from 'node:http'

const GROUPS = {
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: [
    {
      name: 'apps',
      versions: [{groupVersion: 'apps/v1', version: 'v1'}],
      preferredVersion: {groupVersion: 'apps/v1', version: 'v1'},
    },
  ],
}

const DISCOVERY: Readonly<Record<string, object>> = {
  '/version': {major: '1', minor: '37', gitVersion: 'v1.37.1'},
  '/api': {kind: 'APIVersions', versions: ['v1']},
  '/apis': GROUPS,
  '/api/v1': {kind: 'APIResourceList', groupVersion: 'v1', resources: [kind('pods', 'Pod')]},
  '/apis/apps/v1': {
    kind: 'APIResourceList',
    groupVersion: 'apps/v1',
    resources: [kind('statefulsets', 'StatefulSet')],
  },
}

function kind(name: string, word: string): object {
  return {
    name,
    singularName: word.toLowerCase(),
    namespaced: true,
    kind: word,
    verbs: ['get', 'list', 'watch'],
  }
}

/**
 * An API server that knows StatefulSets and nothing of them. The first words of a path say how it answers the list:
 * `/say-503/…`, `/html/…`; discovery is answered in any case.
 */
export function answer(request: IncomingMessage, response: ServerResponse): void {
  const {pathname} = new URL(request.url ?? '/', 'http://x')
  const [prefix, path] = split(pathname)
  const known = DISCOVERY[path]
  if (known !== undefined) json(response, 200, known)
  else if (isAsked(pathname)) (ODD[prefix] ?? list)(response, path, request)
  else json(response, 200, {kind: 'List', apiVersion: 'v1', metadata: {resourceVersion: '1'}, items: []})
}

/** Whether it is what both clients ask for, and are compared by. */
export function isAsked(path: string): boolean {
  return path.includes('/statefulsets')
}

function split(pathname: string): readonly [string, string] {
  const [, prefix = '', rest = pathname] =
    /^(?:\/(.+?))?(\/(?:api|apis|version)(?:\/.*)?)$/.exec(pathname) ?? []
  return [prefix, rest]
}

type Answer = (response: ServerResponse, path: string, request: IncomingMessage) => void

const list: Answer = (response, path) => {
  const name = /\/statefulsets\/([^/]+)$/.exec(path)?.[1]
  if (name === undefined) {
    json(response, 200, {
      kind: 'StatefulSetList',
      apiVersion: 'apps/v1',
      metadata: {resourceVersion: '1'},
      items: [],
    })
  } else {
    json(response, 404, status(404, 'NotFound', `statefulsets.apps "${decodeURIComponent(name)}" not found`))
  }
}

const saying =
  (code: number, reason: string, message: string, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    json(response, code, status(code, reason, message), headers)

const HTML = '<html><head><title>Sign in</title></head><body><h1>Gateway</h1></body></html>'
const page =
  (code: number): Answer =>
  (response) => {
    response.writeHead(code, {'content-type': 'text/html'}).end(HTML)
  }
const redirect =
  (code: number, to: (path: string) => string): Answer =>
  (response, path) => {
    response.writeHead(code, {location: to(path)}).end()
  }

const ODD: Readonly<Record<string, Answer>> = {
  'say-400': saying(400, 'BadRequest', 'it is a bad request'),
  'say-401': saying(401, 'Unauthorized', 'Unauthorized'),
  'say-403': saying(403, 'Forbidden', 'statefulsets.apps is forbidden: User "u" cannot list resource'),
  'say-404': saying(404, 'NotFound', 'the server could not find the requested resource'),
  'say-409': saying(409, 'Conflict', 'it is a conflict'),
  'say-410': saying(410, 'Gone', 'it is gone'),
  'say-422': saying(422, 'Invalid', 'it is invalid'),
  'say-429': saying(429, 'TooManyRequests', 'it is busy'),
  'say-500': saying(500, 'InternalError', 'Internal error occurred: it broke'),
  'say-503': saying(503, 'ServiceUnavailable', 'it is not available'),
  'say-504': saying(504, 'Timeout', 'it took too long'),
  'say-418': saying(418, '', 'it is a teapot'),
  'say-nothing': saying(500, '', ''),
  'html-200': page(200),
  'html-401': page(401),
  'html-403': page(403),
  'html-404': page(404),
  'html-405': page(405),
  'html-500': page(500),
  'html-502': page(502),
  'html-503': page(503),
  'empty-401': (response) => void response.writeHead(401).end(),
  'empty-403': (response) => void response.writeHead(403).end(),
  'empty-404': (response) => void response.writeHead(404).end(),
  'empty-500': (response) => void response.writeHead(500).end(),
  'plain-403': (response) => void response.writeHead(403, {'content-type': 'text/plain'}).end('go away'),
  'plain-500': (response) => void response.writeHead(500, {'content-type': 'text/plain'}).end('it broke'),
  'half-json': (response) =>
    void response.writeHead(200, {'content-type': 'application/json'}).end('{"kind":'),
  reset: (response) => void response.socket?.destroy(),
  warned: (response, path, request) => {
    response.setHeader('warning', '299 - "it is deprecated"')
    list(response, path, request)
  },
  'warned-twice': (response, path, request) => {
    response.setHeader('warning', ['299 - "one"', '299 - "two"'])
    list(response, path, request)
  },
  'warned-utf8': (response, path, request) => {
    response.setHeader('warning', Buffer.from('299 - "Größe ✓"').toString('latin1'))
    list(response, path, request)
  },
  'moved-301': redirect(301, (path) => path),
  'moved-302': redirect(302, (path) => path),
  'moved-303': redirect(303, (path) => path),
  'moved-307': redirect(307, (path) => path),
  'moved-308': redirect(308, (path) => path),
  'moved-relative': redirect(302, () => 'statefulsets/../statefulsets'),
  'moved-round': redirect(302, (path) => `/moved-round${path}`),
  'moved-nowhere': (response) => void response.writeHead(302).end(),
}

function status(code: number, reason: string, message: string): object {
  return {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code}
}

function json(
  response: ServerResponse,
  code: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(code, {'content-type': 'application/json', ...headers}).end(JSON.stringify(body))
}
