import {masked} from './masking.ts'

/**
 * A question that could not be answered. `message` is the whole text for stderr, in kubectl's words,
 * including its prefix (`error: …`, `Error from server (Forbidden): …`), and never holds a secret that is known. Exit status 2.
 */
export class AnswerError extends Error {
  override readonly name: string = 'AnswerError'

  constructor(message: string) {
    super(masked(message))
  }
}

/** The API server was reached and said no. */
export class StatusError extends AnswerError {
  override readonly name = 'StatusError'
  /** HTTP status: 403, 404, 410, … */
  readonly code: number
  /** The API's own machine word: `Forbidden`, `NotFound`, `Expired`, …; empty if it gave none. */
  readonly reason: string
  /** The API's own sentence, without prefix. */
  readonly detail: string
  /** How long the server asks us to wait before the same question, in milliseconds. */
  readonly retryAfter: number | undefined

  constructor(message: string, code: number, reason: string, detail: string, retryAfter?: number) {
    super(message)
    this.code = code
    this.reason = masked(reason)
    this.detail = masked(detail)
    this.retryAfter = retryAfter
  }
}

/** What kubectl says where a server has no such kind (client-go 0.37); of one object that is missing the server names it. */
export const NO_RESOURCE = 'the server could not find the requested resource'

/** The API server could not be reached, or what answered was not an API server. */
export class ConnectionError extends AnswerError {
  override readonly name = 'ConnectionError'
  /** `Timeout`, `Refused`, `Unreachable` or `Untrusted`; `Malformed` for an answer that can't be understood. */
  readonly reason: string

  constructor(message: string, reason: string) {
    super(message)
    this.reason = reason
  }
}
