import type {IncomingMessage, ServerResponse} from 'node:http'
import {createServer, type Server} from 'node:https'
import type {AddressInfo} from 'node:net'
import {onTestFinished} from 'vitest'
import {fixture, json} from './fake-server.ts'

/** One GET of a list or a watch, as the API server would see it. */
export interface Asked {
  readonly verb: 'list' | 'watch'
  readonly resource: string
  readonly query: Readonly<Record<string, string>>
  readonly response: ServerResponse
  readonly request: IncomingMessage
}

interface FakeObject {
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly uid: string
    readonly resourceVersion: string
    readonly labels?: Readonly<Record<string, string>>
  }
}

interface Change {
  readonly version: number
  readonly resource: string
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  readonly object: FakeObject
}

/** Answers one request instead of the API; `false` leaves it to the API. */
export type Fault = (asked: Asked) => undefined | boolean

export interface WatchServer {
  readonly url: string
  /** `list pods`, `watch pods 12`: in the order in which they came. */
  readonly log: string[]
  readonly asked: Asked[]
  /** Each fault is for the first request that it does not leave alone. */
  fail(verb: Asked['verb'], ...faults: readonly Fault[]): void
  /** Forgets the faults that nobody has met. */
  heal(): void
  /** `more` is of its metadata, `parts` stand beside those. */
  put(resource: string, name: string, more?: object, parts?: object): void
  remove(resource: string, name: string): void
  /** Tells every watch the present resourceVersion. */
  bookmark(): void
  version(): number
  /** Forgets the changes up to now, as etcd does after five minutes. */
  compact(): void
  names(resource: string): readonly string[]
  open(): readonly Asked[]
  /** Ends every open watch, as the server does in its time. */
  end(resource?: string): void
  /** Breaks every open watch. */
  reset(): void
  /** No one listens any more. */
  stop(): Promise<void>
  start(): Promise<void>
}

/** A small API server on TLS: lists, watches with history, and whatever goes wrong. */
export async function watchServer(): Promise<WatchServer> {
  const objects = new Map<string, FakeObject>()
  const faults: {readonly verb: Asked['verb']; readonly fault: Fault}[] = []
  const log: string[] = []
  const asked: Asked[] = []
  const watches = new Set<Asked>()
  let history: Change[] = []
  let version = 100
  let compacted = 100
  let port = 0
  let server: Server | undefined

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'https://fake')
    if (url.pathname === '/version') return json(response, {gitVersion: 'v1.37.1'})
    const query = Object.fromEntries(url.searchParams)
    const verb = query.watch === 'true' ? 'watch' : 'list'
    const one: Asked = {verb, resource: url.pathname.split('/').at(-1) ?? '', query, request, response}
    asked.push(one)
    log.push([verb, one.resource, query.labelSelector, query.resourceVersion].filter(Boolean).join(' '))
    if (isFaulty(one)) return
    if (verb === 'list') list(one)
    else watch(one)
  }

  const isFaulty = (one: Asked): boolean => {
    const index = faults.findIndex(({verb, fault}) => verb === one.verb && fault(one) !== false)
    if (index !== -1) faults.splice(index, 1)
    return index !== -1
  }

  const list = ({resource, query, response}: Asked) => {
    const all = [...objects.entries()].filter(([key]) => key.startsWith(`${resource}/`))
    const items = all
      .map(([, object]) => object)
      .filter((object) => isSelected(object, query.labelSelector))
      .toSorted((one, other) => (one.metadata.name < other.metadata.name ? -1 : 1))
    json(response, {metadata: {resourceVersion: String(version)}, items})
  }

  const watch = (one: Asked) => {
    const from = Number(one.query.resourceVersion)
    one.response.writeHead(200, {'content-type': 'application/json'}).flushHeaders()
    if (from < compacted) return one.response.end(line({type: 'ERROR', object: expired()}))
    watches.add(one)
    one.response.on('close', () => watches.delete(one))
    for (const change of history) if (change.version > from) tell(one, change)
  }

  const tell = ({resource, query, response}: Asked, {type, object, ...change}: Change) => {
    if (change.resource !== resource || !isSelected(object, query.labelSelector)) return
    response.write(line({type, object}))
  }

  const change = (type: Change['type'], resource: string, object: FakeObject) => {
    const one: Change = {version, resource, type, object}
    history.push(one)
    for (const each of watches) tell(each, one)
  }

  const start = async () => {
    const identity = {cert: fixture('server.crt'), key: fixture('server.key')}
    const next = createServer(identity, answer)
    server = next
    await new Promise<void>((resolve) => next.listen(port, '127.0.0.1', resolve))
    port = (next.address() as AddressInfo).port
  }
  const stop = async () => {
    server?.closeAllConnections()
    await new Promise((resolve) => server?.close(resolve))
  }
  await start()
  onTestFinished(stop)

  return {
    url: `https://127.0.0.1:${port}`,
    log,
    asked,
    fail: (verb, ...more) => void faults.push(...more.map((fault) => ({verb, fault}))),
    heal: () => void faults.splice(0),
    put(resource, name, more = {}, parts = {}) {
      const key = `${resource}/${name}`
      const before = objects.get(key)
      version++
      const uid = before?.metadata.uid ?? `uid-${version}`
      const metadata = {name, namespace: 'shop', uid, resourceVersion: String(version)}
      const object = {...parts, metadata: {...metadata, ...more}}
      objects.set(key, object)
      change(before ? 'MODIFIED' : 'ADDED', resource, object)
    },
    remove(resource, name) {
      const key = `${resource}/${name}`
      const before = objects.get(key)
      if (before === undefined) return
      version++
      objects.delete(key)
      const metadata = {...before.metadata, resourceVersion: String(version)}
      change('DELETED', resource, {...before, metadata})
    },
    bookmark() {
      version++
      const object = {kind: 'Pod', metadata: {resourceVersion: String(version)}}
      for (const {response} of watches) response.write(line({type: 'BOOKMARK', object}))
    },
    version: () => version,
    compact() {
      history = []
      compacted = version
    },
    names: (resource) =>
      [...objects.keys()]
        .filter((key) => key.startsWith(`${resource}/`))
        .map((key) => key.slice(resource.length + 1))
        .toSorted(),
    open: () => [...watches],
    end(resource) {
      for (const one of watches) if (resource === undefined || one.resource === resource) one.response.end()
      for (const one of watches) if (one.response.writableEnded) watches.delete(one)
    },
    reset() {
      for (const {request} of watches) request.socket.destroy()
      watches.clear()
    },
    stop,
    start,
  }
}

// Only what the tests select by: `a=b`.
function isSelected({metadata}: FakeObject, selector: string | undefined): boolean {
  if (selector === undefined) return true
  const {labels = {}} = metadata
  if (selector.startsWith('!')) return labels[selector.slice(1)] === undefined
  const [key = '', value] = selector.split('=')
  return value === undefined ? labels[key] !== undefined : labels[key] === value
}

export function line(event: unknown): string {
  return `${JSON.stringify(event)}\n`
}

export function status(code: number, reason: string, message: string, details: object = {}): object {
  return {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', code, reason, message, details}
}

export function expired(): object {
  return status(410, 'Expired', 'too old resource version: 1 (2)')
}

/** A refusal by HTTP status. */
export function refuse(
  code: number,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): (asked: Asked) => undefined {
  return ({response}) => {
    response.writeHead(code, {'content-type': 'application/json', ...headers})
    response.end(JSON.stringify(status(code, reason, `${reason} it is`)))
  }
}

/** Only for that kind. */
export function of(resource: string, fault: Fault): Fault {
  return (asked) => (asked.resource === resource ? fault(asked) : false)
}

/** A watch that has begun, and is left to the test. */
export function begin({response}: Asked, headers: Readonly<Record<string, string>> = {}): ServerResponse {
  response.writeHead(200, {'content-type': 'application/json', ...headers}).flushHeaders()
  return response
}
