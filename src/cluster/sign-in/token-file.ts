import {readFileSync} from 'node:fs'
import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import {fileProblem} from '../kubeconfig/kubeconfig.ts'
import type {Credentials, SignIn} from './credentials.ts'

/** Service account tokens rotate: client-go reads the file again every minute (0.37 transport/token_source.go). */
const MAX_AGE = 60_000

/**
 * A token that lives in a file, read again while running. Where the file holds a token it beats `other`'s.
 * @throws AnswerError when the file can't be read at the start.
 */
export function tokenFileSignIn(path: string, other: Credentials, now: () => number): SignIn {
  let current = withToken(readToken(path), other)
  let readAt = now()
  const reread = async () => {
    const next = withToken(tryReadToken(path), other)
    readAt = now()
    if (next.authorization !== current.authorization) current = next
    return current
  }
  return {
    credentials: async () => (now() - readAt < MAX_AGE ? current : reread()),
    renew: async (refused) => {
      if (refused !== current) return current
      const next = await reread()
      return next === refused ? undefined : next
    },
  }
}

function withToken(token: string, other: Credentials): Credentials {
  return token === '' ? other : {...other, authorization: `Bearer ${token}`}
}

function readToken(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (error) {
    throw new AnswerError(`error: ${clean(fileProblem(error, path))}`)
  }
}

// A file that vanishes while running is no reason to drop a token that may still be good.
function tryReadToken(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}
