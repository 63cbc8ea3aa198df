import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import {fileProblem} from '../kubeconfig/kubeconfig.ts'
import {readSmallFile} from '../small-file.ts'
import type {Credentials, SignIn} from './credentials.ts'

/** Service account tokens rotate: client-go reads the file again every minute (0.37 transport/token_source.go). */
const MAX_AGE = 60_000

/**
 * A token that lives in a file, read again while running. Where the file holds a token it beats `other`'s; `content` is what it
 * held at the start, if it had to be there.
 * @throws AnswerError when it had to hold a token, and holds none.
 */
export function tokenFileSignIn(
  path: string,
  other: Credentials,
  content: string,
  now: () => number,
): SignIn {
  let current = started(path, other, content)
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

function started(path: string, other: Credentials, content: string): Credentials {
  const token = tryReadToken(path)
  if (token !== '' || other.authorization !== undefined) return withToken(token, other)
  if (content === '') throw new AnswerError(`error: read empty token from file "${clean(path)}"`)
  // as client-go: what is no token is sent nevertheless, and refused on its way
  return withToken(content, other)
}

function withToken(token: string, other: Credentials): Credentials {
  return token === '' ? other : {...other, authorization: `Bearer ${token}`}
}

/** All that a token file holds. @throws AnswerError when it can't be read. */
export function readTokenFile(path: string): string {
  try {
    return readSmallFile(path).toString()
  } catch (error) {
    throw new AnswerError(`error: ${clean(fileProblem(error, path))}`)
  }
}

// A file that vanishes while running is no reason to drop a token that may still be good.
function tryReadToken(path: string): string {
  try {
    return readSmallFile(path).toString().replace(SPACE_AROUND, '')
  } catch {
    return ''
  }
}

/** What Go takes for white space; JavaScript's `trim` would take a byte order mark off, too. */
const SPACE_AROUND = /^(?:(?!\ufeff)\s|\u0085)+|(?:(?!\ufeff)\s|\u0085)+$/g
