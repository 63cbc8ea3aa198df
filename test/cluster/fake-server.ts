import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {
  createServer as createPlain,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http'
import {createServer as createSecure} from 'node:https'
import type {AddressInfo, Socket} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {TLSSocket} from 'node:tls'
import {onTestFinished} from 'vitest'
import {type ConnectionFlags, connect} from '../../src/cluster/connect.ts'
import type {Connection} from '../../src/cluster/connection.ts'

export const FIXTURES = join(import.meta.dirname, 'fixtures')

export interface FakeServer {
  readonly url: string
  readonly port: number
  readonly requests: IncomingMessage[]
  readonly sockets: Socket[]
  /** Who showed a client certificate, connection by connection. */
  readonly clients: (string | undefined)[]
}

interface FakeOptions {
  readonly plain?: boolean
  readonly cert?: string
  readonly askForCertificate?: boolean
}

/** A server on loopback that records what it is asked; it and its sockets are gone when the test is. */
export async function fakeServer(answer: RequestListener, options: FakeOptions = {}): Promise<FakeServer> {
  const requests: IncomingMessage[] = []
  const sockets: Socket[] = []
  const clients: (string | undefined)[] = []
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    requests.push(request)
    answer(request, response)
  }
  const server = options.plain
    ? createPlain(listener)
    : createSecure(identity(options), listener as RequestListener)
  server.on(options.plain ? 'connection' : 'secureConnection', (socket: Socket) => {
    sockets.push(socket)
    if (socket instanceof TLSSocket) clients.push(clientName(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const {port} = server.address() as AddressInfo
  return {url: `${options.plain ? 'http' : 'https'}://127.0.0.1:${port}`, port, requests, sockets, clients}
}

function clientName(socket: TLSSocket): string | undefined {
  const name = socket.getPeerCertificate()?.subject?.CN
  return typeof name === 'string' ? name : undefined
}

function identity({cert = 'server', askForCertificate = false}: FakeOptions) {
  return {
    cert: fixture(`${cert}.crt`),
    key: fixture(`${cert}.key`),
    ca: fixture('ca.crt'),
    requestCert: askForCertificate,
  }
}

export function fixture(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8')
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** Answer with `body` as JSON. */
export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body))
}

/** A folder that lasts as long as the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-stateful-'))
  onTestFinished(() => rmSync(folder, {recursive: true, force: true}))
  return folder
}

/** A kubeconfig file with one context for `server`; `user` and `cluster` are entries as in the file. */
export function kubeconfig(server: string, user: object = {token: 'abc'}, cluster: object = {}): string {
  const path = join(temporaryFolder(), 'config')
  const trust = server.startsWith('https') && !('insecure-skip-tls-verify' in cluster)
  const authority = trust ? {'certificate-authority-data': base64(fixture('ca.crt'))} : {}
  const config = {
    clusters: [{name: 'fake', cluster: {server, ...authority, ...cluster}}],
    users: [{name: 'someone', user}],
    contexts: [{name: 'here', context: {cluster: 'fake', user: 'someone', namespace: 'shop'}}],
    'current-context': 'here',
  }
  writeFileSync(path, JSON.stringify(config))
  return path
}

/** A connection whose notes are kept, closed when the test ends. */
export async function connected(
  flags: ConnectionFlags,
  beforeSignIn?: () => void,
): Promise<Connection & {readonly notes: string[]}> {
  const notes: string[] = []
  const connection = await connect(flags, {
    note: (line) => notes.push(line),
    ...(beforeSignIn && {beforeSignIn}),
  })
  onTestFinished(() => connection.close())
  return {...connection, notes}
}

/** The error a promise ends with. */
export async function failure(promise: Promise<unknown>): Promise<Error & Readonly<Record<string, unknown>>> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Error) return error as never
  throw new Error('expected a failure')
}
