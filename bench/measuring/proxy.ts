import {once} from 'node:events'
import {type AddressInfo, connect, createServer, type Socket} from 'node:net'

/** A way to the API server that counts what comes back: bytes on the wire, TLS included. */
export interface CountingProxy {
  readonly url: string
  readonly bytes: () => number
  readonly close: () => void
}

export async function startProxy(server: string): Promise<CountingProxy> {
  const {hostname, port} = new URL(server)
  let bytes = 0
  const sockets = new Set<Socket>()
  const proxy = createServer((client) => {
    const upstream = connect(Number(port), hostname)
    upstream.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    for (const socket of [client, upstream]) sockets.add(socket)
    join(client, upstream)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    url: `https://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    bytes: () => bytes,
    close: () => {
      proxy.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Whichever end goes takes the other with it. */
function join(client: Socket, upstream: Socket): void {
  for (const [from, to] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    from.pipe(to)
    from.on('error', () => to.destroy())
    from.on('close', () => to.destroy())
  }
}
