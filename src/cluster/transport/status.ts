import {STATUS_CODES} from 'node:http'
import {clean} from '../../model/clean.ts'
import {NO_RESOURCE, StatusError} from '../errors.ts'
import {masked} from '../masking.ts'

interface Status {
  readonly kind?: unknown
  readonly message?: unknown
  readonly reason?: unknown
}

/** What is quoted of an answer that is not the API's at most. */
const EXTRACT = 200
/** And of the API's own sentence. */
const SENTENCE = 1000

/**
 * What the API server, or something in front of it, answered instead of an object, in kubectl's words
 * (kubectl 0.37 StandardErrorMessage). Of a body that is no Status only a short extract is shown.
 */
export function statusError(code: number, body: string, retryAfter?: number): StatusError {
  const status = parseStatus(body)
  return status === undefined ? foreignError(code, body, retryAfter) : apiError(code, status, retryAfter)
}

function apiError(code: number, status: Status, retryAfter: number | undefined): StatusError {
  const reason = typeof status.reason === 'string' ? clean(status.reason) : ''
  const said = typeof status.message === 'string' ? status.message : ''
  // before it is cut: a part of a secret is one as well
  const detail = cut(clean(masked(said)), SENTENCE) || 'unknown'
  return new StatusError(message(reason, detail), code, reason, detail, retryAfter)
}

function message(reason: string, detail: string): string {
  if (reason === 'Unauthorized') return `error: You must be logged in to the server (${detail})`
  return reason === '' ? `Error from server: ${detail}` : `Error from server (${reason}): ${detail}`
}

// client-go gives an answer without a Status these words (apimachinery 0.37 NewGenericServerResponse).
function foreignError(code: number, body: string, retryAfter: number | undefined): StatusError {
  const text = extract(body)
  if (code === 401) return apiError(code, {reason: 'Unauthorized', message: NO_CREDENTIALS}, retryAfter)
  if (code === 404) return apiError(code, {reason: 'NotFound', message: NO_RESOURCE}, retryAfter)
  if (code === 403) return apiError(code, {reason: 'Forbidden', message: text || 'unknown'}, retryAfter)
  const title = [code, STATUS_CODES[code]].filter(Boolean).join(' ')
  const detail = text === '' ? title : `${title}: ${text}`
  return new StatusError(`Error from server: ${detail}`, code, REASONS[code] ?? '', detail, retryAfter)
}

const NO_CREDENTIALS = 'the server has asked for the client to provide credentials'
const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  406: 'NotAcceptable',
  410: 'Gone',
  429: 'TooManyRequests',
  500: 'InternalError',
  502: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
}

function parseStatus(body: string): Status | undefined {
  try {
    const status = JSON.parse(body)
    return status?.kind === 'Status' ? status : undefined
  } catch {
    return undefined
  }
}

/** The words of a foreign body, without markup, short and clean. */
export function extract(body: string): string {
  const words = masked(body)
    .slice(0, 10_000)
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
  return cut(clean(words.trim()), EXTRACT)
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 3)}...`
}
