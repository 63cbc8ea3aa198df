import {createServer as createPlain, type IncomingMessage, type ServerResponse} from 'node:http'
import {createServer as createSecure, type ServerOptions} from 'node:https'
import {type AddressInfo, createServer, type Server, type Socket} from 'node:net'
import type {TLSSocket} from 'node:tls'
import {answer, isAsked} from './api.ts'
import {type IdentityName, identities} from './authorities.ts'
import {httpProxy, type Passed, socksProxy} from './proxies.ts'

/** What a server was asked first of what both clients ask. */
export interface Asked {
  readonly server: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly certificate: string | undefined
  readonly serverName: string | undefined
}

/** The servers and proxies of one lane, in which one program runs at a time. */
export interface World {
  readonly ports: Readonly<Record<Place, number>>
  readonly asked: Asked[]
  readonly passed: Passed[]
  readonly close: () => void
}

const SECURE = {
  main: 'server',
  beneath: 'beneath',
  bare: 'bare',
  selfSigned: 'selfSigned',
  selfSignedAuthority: 'selfSignedAuthority',
  otherName: 'otherName',
  otherAddress: 'otherAddress',
  wildcard: 'wildcard',
  nameless: 'nameless',
  expired: 'expired',
  future: 'future',
} as const satisfies Record<string, IdentityName>

const OTHERS = [
  'mutual',
  'plain',
  'silent',
  'hangingUp',
  'talking',
  'httpProxy',
  'httpProxyWithPassword',
  'httpsProxy',
  'httpsProxyMutual',
  'httpsProxyElsewhere',
  'socksProxy',
  'socksProxyWithPassword',
  'brokenProxy',
] as const

export type Place = keyof typeof SECURE | (typeof OTHERS)[number]

export async function openWorld(): Promise<World> {
  const asked: Asked[] = []
  const passed: Passed[] = []
  const sockets = new Set<Socket>()
  const servers = {...secureServers(asked), ...otherServers(asked), ...proxies(passed)}
  const ports = await Promise.all(
    Object.entries(servers).map(async ([name, server]) => {
      server.on('connection', (socket: Socket) => {
        sockets.add(socket)
        socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
      })
      server.on('tlsClientError', () => undefined).on('clientError', (_, socket) => socket.destroy())
      // of both families: a row may ask for [::1]
      await new Promise<void>((resolve) => server.listen(0, '::', resolve))
      return [name, (server.address() as AddressInfo).port] as const
    }),
  )
  const close = () => {
    for (const server of Object.values(servers)) server.close()
    for (const socket of sockets) socket.destroy()
  }
  return {ports: Object.fromEntries(ports) as World['ports'], asked, passed, close}
}

function secureServers(asked: Asked[]) {
  const entries = Object.entries(SECURE).map(([name, identity]) => [
    name,
    createSecure(secure(identity), listener(name, asked)),
  ])
  return Object.fromEntries(entries) as Record<keyof typeof SECURE, Server>
}

function otherServers(asked: Asked[]) {
  const {root} = identities
  return {
    mutual: createSecure(
      {...secure('server'), ca: root.cert, rejectUnauthorized: true},
      listener('mutual', asked),
    ),
    plain: createPlain(listener('plain', asked)),
    silent: createServer(),
    hangingUp: createServer((socket) => socket.destroy()),
    talking: createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')),
  }
}

function proxies(passed: Passed[]) {
  const route = (by: string) => ({
    by,
    note: (each: Passed) => passed.push(each),
    portOf: (target: string) => Number(/:(\d+)$/.exec(target)?.[1] ?? 443),
  })
  const mutual = {...secure('proxy'), ca: identities.root.cert, rejectUnauthorized: true}
  return {
    httpProxy: httpProxy(route('httpProxy')),
    httpProxyWithPassword: httpProxy(route('httpProxyWithPassword'), undefined, 'joe:s3cret'),
    httpsProxy: httpProxy(route('httpsProxy'), secure('proxy')),
    httpsProxyMutual: httpProxy(route('httpsProxyMutual'), mutual),
    httpsProxyElsewhere: httpProxy(route('httpsProxyElsewhere'), secure('otherName')),
    socksProxy: socksProxy(route('socksProxy')),
    socksProxyWithPassword: socksProxy(route('socksProxyWithPassword'), 'joe:s3cret'),
    brokenProxy: createPlain((_, response) => response.writeHead(503).end()).on('connect', (_, socket) =>
      socket.end('HTTP/1.1 503 Service Unavailable\r\n\r\n'),
    ) as Server,
  }
}

function secure(identity: IdentityName): ServerOptions {
  const {cert, key} = identities[identity]
  return {cert, key, requestCert: true, rejectUnauthorized: false}
}

function listener(server: string, asked: Asked[]) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '').replace(/\?.*/, '')
    if (isAsked(path)) asked.push(noted(server, path, request))
    answer(request, response)
  }
}

const COMPARED = /^(authorization|impersonate-.*|accept-encoding|host)$/

function noted(server: string, path: string, request: IncomingMessage): Asked {
  const socket = request.socket as Partial<TLSSocket>
  const headers: Record<string, string> = {}
  for (let at = 0; at < request.rawHeaders.length; at += 2) {
    const name = (request.rawHeaders[at] ?? '').toLowerCase()
    const bytes = Buffer.from(request.rawHeaders[at + 1] ?? '', 'latin1').toString('utf8')
    if (COMPARED.test(name)) headers[name] = name in headers ? `${headers[name]} | ${bytes}` : bytes
  }
  const name = socket.getPeerCertificate?.()?.subject?.CN
  return {
    server,
    path,
    headers,
    certificate: typeof name === 'string' ? name : undefined,
    serverName: typeof socket.servername === 'string' ? socket.servername : undefined,
  }
}
