/** An API server on loopback that answers out of a captured cluster, as JSON or protobuf, and can be told to fail. */
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import {createServer as createSecure, Server as SecureServer} from 'node:https'
import type {AddressInfo} from 'node:net'
import type {Connection, Query} from '../../src/cluster/connection.ts'
import {StatusError} from '../../src/cluster/errors.ts'
import {pluralOf, resourceKeys, resources} from '../../src/cluster/resources.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {connectionTo} from '../api-server.ts'
import {answerOf} from '../cluster/protobuf/kept-proto.ts'

const PROTOBUF = 'application/vnd.kubernetes.protobuf'
const JSON_TYPE = 'application/json'

/** What is asked, as far as a fault looks at it. */
export interface Asked {
  readonly path: string
  /** Plural of what is listed, got or watched: `pods`; `version`. */
  readonly resource: string
  readonly verb: 'list' | 'get' | 'watch'
  readonly query: Readonly<Record<string, string>>
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** What a healthy server would send. */
export interface Healthy {
  readonly status: number
  readonly type: string
  readonly body: Buffer
  /** Before it was written out; what a fault changes it to can be sent by `send`. */
  readonly object: Record<string, unknown>
  readonly send: (object: object) => void
}

/** Answers a request in its own way; `false`: a healthy server's. */
export type Fault = (
  asked: Asked,
  healthy: () => Promise<Healthy>,
) => boolean | Promise<boolean> | Promise<void> | void

export interface FaultyServer {
  readonly url: string
  /** `list pods`, in the order in which they came. */
  readonly log: readonly string[]
  fail(fault: Fault): void
  /** What it has from now on; nobody who watches is told. */
  has(cluster: ClusterSnapshot): void
  /** Those who watch that kind, and are told what happens. */
  watching(resource: string): number
  /** Events to all who watch that kind, in pieces of so many bytes. */
  tell(resource: string, events: readonly object[], piece?: number): void
  /** In its time, as a server does. */
  endWatches(resource: string): void
  /** For every further connection; those that are there are ended. */
  showsCertificate(identity: Identity): void
  close(): Promise<void>
}

interface Identity {
  readonly cert: string
  readonly key: string
}

export interface ServerOptions {
  readonly form?: 'json' | 'protobuf'
  readonly identity?: Identity
  readonly port?: number
}

export async function faultyServer(
  cluster: ClusterSnapshot,
  {form = 'json', identity, port: wanted = 0}: ServerOptions = {},
): Promise<FaultyServer> {
  const log: string[] = []
  const watches = new Set<Asked>()
  let connection = connectionTo(cluster)
  let fault: Fault = () => false

  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    const asked = askedOf(request, response)
    log.push(`${asked.verb} ${asked.resource}`)
    const healthy = () => healthyAnswer(asked, connection, form)
    if ((await fault(asked, healthy)) !== false) return
    if (asked.verb === 'watch') return open(asked)
    const {status, type, body} = await healthy()
    response.writeHead(status, {'content-type': type}).end(body)
  }
  const open = (asked: Asked) => {
    asked.response.writeHead(200, {'content-type': JSON_TYPE}).flushHeaders()
    watches.add(asked)
    asked.response.on('close', () => watches.delete(asked))
  }
  const server = identity ? createSecure(identity, listener) : createServer(listener)
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    url: `${identity ? 'https' : 'http'}://127.0.0.1:${port}`,
    log,
    fail: (next) => {
      fault = next
    },
    has: (next) => {
      connection = connectionTo(next)
    },
    watching: (resource) => [...watches].filter((each) => each.resource === resource).length,
    tell: (resource, events, piece = 1 << 20) => {
      const bytes = Buffer.from(events.map((each) => `${JSON.stringify(each)}\n`).join(''))
      for (const {response} of [...watches].filter((each) => each.resource === resource))
        for (let at = 0; at < bytes.length; at += piece) response.write(bytes.subarray(at, at + piece))
    },
    endWatches: (resource) => {
      for (const {response, ...asked} of watches) if (asked.resource === resource) response.end()
    },
    showsCertificate: (next) => {
      if (server instanceof SecureServer) server.setSecureContext(next)
      server.closeAllConnections()
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function askedOf(request: IncomingMessage, response: ServerResponse): Asked {
  const url = new URL(request.url ?? '/', 'http://server')
  const query = Object.fromEntries(url.searchParams)
  const parts = url.pathname.split('/')
  const plurals = resourceKeys.map(pluralOf)
  const last = parts.findLast((part) => plurals.includes(part)) ?? ''
  const verb = query.watch === 'true' ? 'watch' : parts.at(-1) === last ? 'list' : 'get'
  return {path: url.pathname, resource: last || 'version', verb, query, request, response}
}

async function healthyAnswer(
  {path, resource, query, request, response}: Asked,
  connection: Connection,
  form: 'json' | 'protobuf',
): Promise<Healthy> {
  const isProtobuf =
    form === 'protobuf' && request.headers.accept?.includes(PROTOBUF) && resource !== 'version'
  const {status, object} = await answerOfCluster(connection, path, query)
  const write = (given: object) =>
    isProtobuf && status === 200 ? inProtobuf(resource, given) : inJson(given)
  const type = isProtobuf && status === 200 ? PROTOBUF : JSON_TYPE
  const send = (given: object) => response.writeHead(status, {'content-type': type}).end(write(given))
  return {status, type, body: write(object), object: object as Record<string, unknown>, send}
}

function inJson(object: object): Buffer {
  return Buffer.from(JSON.stringify(object))
}

function inProtobuf(resource: string, object: object): Buffer {
  const key = resourceKeys.find((each) => pluralOf(each) === resource) ?? 'pods'
  const {apiVersion, kind} = resources[key]
  return answerOf(apiVersion, 'items' in object ? `${kind}List` : kind, object)
}

async function answerOfCluster(
  connection: Connection,
  path: string,
  query: Query,
): Promise<{readonly status: number; readonly object: object}> {
  try {
    const answer = (await connection.get(path, query)) as object
    return {
      status: 200,
      object: 'items' in answer ? pageOf(answer.items as readonly object[], query) : answer,
    }
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    return {status: error.code, object: statusOf(error.code, error.reason, error.detail)}
  }
}

/** Pages begin where their token says. */
function pageOf(all: readonly object[], {limit, continue: token}: Query): object {
  const start = Number(token ?? 0)
  const end = limit === undefined ? all.length : start + Number(limit)
  const rest = all.length - end
  const more = rest > 0 ? {continue: String(end), remainingItemCount: rest} : {}
  return {metadata: {resourceVersion: '1000', ...more}, items: all.slice(start, end)}
}

export function statusOf(code: number, reason: string, message: string, details: object = {}): object {
  return {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', code, reason, message, details}
}

/** A refusal as the API server writes it. */
export function refuse(
  {response}: Asked,
  [code, reason, message]: readonly [number, string, string],
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(code, {'content-type': JSON_TYPE, ...headers})
  response.end(JSON.stringify(statusOf(code, reason, message)))
}
