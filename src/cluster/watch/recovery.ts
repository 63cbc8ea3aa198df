import {AnswerError, ConnectionError, StatusError} from '../errors.ts'

/**
 * What helps after an error: `resume` the watch where it was, `relist`, try `later` because only someone else can change
 * it, or `none`.
 */
export type Recovery = 'resume' | 'relist' | 'later' | 'none'

/**
 * client-go 0.37 lists again after most errors; like its RetryWatcher we go on from the same resourceVersion unless the
 * server has said that it can't be served, or what it sends can't be understood.
 */
export function recoveryOf(error: unknown): Recovery {
  if (error instanceof StatusError) return recoveryOfStatus(error)
  if (error instanceof ConnectionError) return error.reason === 'Malformed' ? 'relist' : 'resume'
  return error instanceof AnswerError ? 'later' : 'none'
}

function recoveryOfStatus(error: StatusError): Recovery {
  if (error.code === 401) return 'none'
  if (isExpired(error) || isTooLarge(error)) return 'relist'
  return error.code === 429 || error.code >= 500 ? 'resume' : 'later'
}

function isExpired({code, reason}: StatusError): boolean {
  return code === 410 || reason === 'Expired' || reason === 'Gone'
}

// Every server version says these words, not every one the machine-readable cause (reflector.go).
function isTooLarge({detail}: StatusError): boolean {
  return detail.includes('Too large resource version')
}
