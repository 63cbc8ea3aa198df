import type {Dispatcher} from 'undici'

/**
 * The same connections, over which nothing can be sent but GET, without a body and never as the beginning of another protocol.
 * Whatever asks for more is a mistake of ours, and fails before a byte is sent.
 */
export function readOnly(pool: Dispatcher): Dispatcher {
  return pool.compose((dispatch) => (options, handler) => {
    const isRead = options.method === 'GET' && !options.body && !options.upgrade
    if (!isRead) throw new Error(`bug: ${options.method} would not be read-only`)
    return dispatch(options, handler)
  })
}
