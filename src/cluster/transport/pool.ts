import type {Dispatcher} from 'undici'
import type {Credentials} from '../sign-in/credentials.ts'
import {readOnly} from './read-only.ts'

/** Read-only connections to one server. */
export interface Pool {
  /** The connections that show this client certificate. */
  withCertificate(credentials: Credentials): Dispatcher
  close(): Promise<void>
}

/** undici would make one itself, and Node would write out its stack: for that it searches a megabyte of code for ends of lines. */
function closed(): Error {
  return Object.assign(new Error('the connection was closed'), {stack: ''})
}

/** One pool at a time: a new client certificate needs new connections, as in client-go; a new token doesn't. */
export function onePool(open: (credentials: Credentials) => Dispatcher): Pool {
  let pool: Dispatcher | undefined
  let shown: Credentials = {}
  return {
    withCertificate(credentials) {
      const same = credentials.cert === shown.cert && credentials.key === shown.key
      if (pool !== undefined && same) return pool
      pool?.close().catch(() => undefined)
      shown = credentials
      pool = readOnly(open(credentials))
      return pool
    },
    close: async () => pool?.destroy(closed()),
  }
}
