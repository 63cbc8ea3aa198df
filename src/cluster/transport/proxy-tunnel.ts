import {type IncomingMessage, request} from 'node:http'
import type {Socket} from 'node:net'
import type {Duplex} from 'node:stream'
import {ProxyRefusal} from './proxy-errors.ts'
import {type Target, targetHost} from './proxy-target.ts'

/**
 * A tunnel to `target` through the HTTP proxy that `socket` is connected to; it is the caller's to encrypt.
 * @throws ProxyRefusal with the proxy's answer
 */
export async function tunnel(
  socket: Socket,
  target: Target,
  authorization: string | undefined,
  timeout: number,
): Promise<Socket> {
  const path = targetHost(target)
  const {promise, resolve, reject} = Promise.withResolvers<Socket>()
  const asked = request({
    method: 'CONNECT',
    path,
    headers: {host: path, ...(authorization && {'proxy-authorization': authorization})},
    createConnection: () => socket as Duplex as Socket,
  })
  asked.on('connect', ({statusCode = 0, statusMessage}: IncomingMessage, tunnelled: Socket) => {
    if (statusCode === 200) return resolve(tunnelled.setTimeout(0))
    tunnelled.destroy()
    reject(new ProxyRefusal([statusCode, statusMessage].filter(Boolean).join(' ')))
  })
  const tooLate = () => asked.destroy(Object.assign(new Error('timeout'), {code: 'ETIMEDOUT'}))
  if (timeout > 0) asked.setTimeout(timeout, tooLate)
  asked.on('error', reject)
  asked.end()
  return await promise
}
