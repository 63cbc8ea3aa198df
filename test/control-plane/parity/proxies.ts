import {createServer as createPlain, type IncomingMessage, type Server, request as send} from 'node:http'
import {createServer as createSecure, type ServerOptions} from 'node:https'
import {connect, createServer, type Server as NetServer, type Socket} from 'node:net'
import type {TLSSocket} from 'node:tls'

/** What a proxy was asked for. */
export interface Passed {
  readonly by: string
  readonly target: string
  readonly authorization?: string | undefined
  readonly certificate?: string | undefined
}

/** How a proxy finds a server that may have no address: by the port that was asked for. */
export interface Route {
  readonly by: string
  readonly note: (passed: Passed) => void
  readonly portOf: (target: string) => number
}

/** A proxy that tunnels, and forwards what is not encrypted; `password`: who has another is refused. */
export function httpProxy(route: Route, tls?: ServerOptions, password?: string): Server {
  const server = tls ? createSecure(tls) : createPlain()
  const isWelcome = (request: IncomingMessage) =>
    password === undefined || request.headers['proxy-authorization'] === `Basic ${btoa(password)}`
  const noted = (request: IncomingMessage, target: string) =>
    route.note({
      by: route.by,
      target,
      authorization: request.headers['proxy-authorization'],
      certificate: certificateName(request.socket),
    })
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    noted(request, request.url ?? '')
    socket.on('error', () => undefined)
    if (!isWelcome(request)) return void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
    tunnel(socket, route.portOf(request.url ?? ''), () =>
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n'),
    )
  })
  server.on('request', (request, response) => {
    noted(request, request.url ?? '')
    if (!isWelcome(request)) return void response.writeHead(407).end()
    const {pathname, search, host} = new URL(request.url ?? '', 'http://none.invalid')
    const onward = send({
      host: '127.0.0.1',
      port: route.portOf(host),
      path: pathname + search,
      headers: request.headers,
    })
    onward.on('response', (answer) =>
      answer.pipe(response.writeHead(answer.statusCode ?? 500, answer.headers)),
    )
    onward.on('error', () => response.writeHead(502).end())
    onward.end()
  })
  return server as Server
}

function certificateName(socket: Socket): string | undefined {
  const name = (socket as Partial<TLSSocket>).getPeerCertificate?.()?.subject?.CN
  return typeof name === 'string' ? name : undefined
}

/** A proxy that speaks SOCKS 5 (RFC 1928, RFC 1929), and asks for a password if there is one. */
export function socksProxy(route: Route, password?: string): NetServer {
  return createServer(async (socket) => {
    socket.on('error', () => undefined)
    const bytes = reader(socket)
    const [, count = 0] = await bytes(2)
    await bytes(count)
    socket.write(Buffer.from([5, password === undefined ? 0 : 2]))
    const given = password === undefined ? undefined : await login(bytes)
    if (password !== undefined) socket.write(Buffer.from([1, given === password ? 0 : 1]))
    const [, , , type] = await bytes(4)
    const host = await hostOf(type ?? 0, bytes)
    const target = `${host}:${(await bytes(2)).readUInt16BE()}`
    route.note({by: route.by, target, authorization: given})
    tunnel(socket, route.portOf(target), () => socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])))
  })
}

type Bytes = (count: number) => Promise<Buffer>

function reader(socket: Socket): Bytes {
  return async (count) => {
    for (;;) {
      const bytes: Buffer | null = count === 0 ? Buffer.alloc(0) : socket.read(count)
      if (bytes !== null) return bytes
      // `readable` would come again and again while too little is there
      await new Promise((resolve) => socket.once('readable', () => setTimeout(resolve, 1)))
    }
  }
}

async function login(bytes: Bytes): Promise<string> {
  const [, length = 0] = await bytes(2)
  const user = await bytes(length)
  const [secret = 0] = await bytes(1)
  return `${user}:${await bytes(secret)}`
}

async function hostOf(type: number, bytes: Bytes): Promise<string> {
  if (type === 1) return [...(await bytes(4))].join('.')
  if (type === 4) return `[${(await bytes(16)).toString('hex')}]`
  const [length = 0] = await bytes(1)
  return String(await bytes(length))
}

function tunnel(socket: Socket, port: number, opened: () => void): void {
  const onward = connect(port, '127.0.0.1', () => {
    opened()
    socket.pipe(onward).pipe(socket)
  })
  onward.on('error', () => socket.destroy())
  socket.on('close', () => onward.destroy())
}
