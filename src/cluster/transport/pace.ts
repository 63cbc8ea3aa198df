import type {Readable} from 'node:stream'
import {ConnectionError} from '../errors.ts'
import type {Peer} from './errors.ts'
import {duration} from './limits.ts'

/** Who sends fewer bytes in the time of one pause never ends. */
const LEAST = 1000

/**
 * Reads a body that keeps its pace: a server that sends a byte now and then is as good as silent, and is given up, too.
 * @throws ConnectionError when it is too slow, and whatever `read` throws.
 */
export async function withPace<T>(
  body: Readable,
  {server, limits}: Peer,
  read: (body: AsyncIterable<Buffer>) => Promise<T>,
): Promise<T> {
  if (limits.body === 0) return await read(body)
  let since = 0
  const count = (chunk: Buffer) => {
    since += chunk.length
  }
  const timer = setInterval(() => {
    if (since < LEAST) body.destroy(tooSlow(server, limits.body))
    since = 0
  }, limits.body)
  try {
    return await read(counted(body, count))
  } finally {
    clearInterval(timer)
  }
}

async function* counted(body: Readable, count: (chunk: Buffer) => void): AsyncGenerator<Buffer, void> {
  for await (const chunk of body) {
    count(chunk)
    yield chunk
  }
}

function tooSlow(server: URL, time: number): ConnectionError {
  const text = `${server.origin} sent less than ${LEAST} bytes in ${duration(time)} (see --request-timeout)`
  return new ConnectionError(`Unable to connect to the server: ${text}`, 'Timeout')
}
