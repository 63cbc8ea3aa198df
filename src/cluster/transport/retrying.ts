import {setTimeout} from 'node:timers/promises'
import type {Credentials, SignIn} from '../sign-in/credentials.ts'
import {BeforeHeaders, type HttpResponse} from './attempt.ts'
import type {Peer} from './errors.ts'
import {duration} from './limits.ts'
import {isReset, MAX_RESETS, MAX_RETRIES} from './retry.ts'

type Note = (line: string) => void

/** Asks as whoever is signed in. client-go signs in again only for later requests; a GET can be asked twice, so it is. */
export async function signedIn<A extends HttpResponse>(
  signIn: SignIn,
  ask: (used: Credentials) => Promise<A>,
): Promise<A> {
  const used = await signIn.credentials()
  const answer = await ask(used)
  const renewed = answer.status === 401 ? await signIn.renew(used) : undefined
  return renewed === undefined ? answer : ask(renewed)
}

/**
 * Asks again when a busy server says when. A wait that is longer than what is left of the limit is not begun: the
 * server's own text says more.
 */
export async function patient(
  ask: () => Promise<HttpResponse>,
  {limits, server, note}: Peer & {readonly note: Note},
  stop: AbortSignal,
): Promise<HttpResponse> {
  let left = limits.waiting
  for (let retries = 0; ; retries++) {
    const answer = await ask()
    const wait = answer.retryAfter
    if (wait === undefined || retries === MAX_RETRIES || wait > left) return answer
    if (wait > 2000) note(`Waiting ${duration(wait)}: ${server.origin} is busy (${answer.status})`)
    await setTimeout(wait, undefined, {signal: stop})
    left -= wait
  }
}

/** Asks again when the connection broke before it answered; hands on the server's warnings. */
export async function persistent<A extends HttpResponse>(
  ask: () => Promise<A>,
  note: Note,
  stop: AbortSignal,
): Promise<A> {
  for (let resets = 0; ; resets++) {
    try {
      stop.throwIfAborted()
      const answer = await ask()
      for (const text of answer.warnings) note(`Warning: ${text}`)
      return answer
    } catch (error) {
      const mayRetry = resets < MAX_RESETS && !stop.aborted
      if (!mayRetry || !(error instanceof BeforeHeaders) || !isReset(error.cause)) throw error
    }
  }
}
