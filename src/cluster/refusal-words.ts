import {type AnswerError, ConnectionError, StatusError} from './errors.ts'

/** The API's words for a want of rights, or of the kind; something in front of the server may have others. */
const RIGHTS: Readonly<Record<number, string>> = {403: 'Forbidden', 404: 'NotFound', 405: 'MethodNotAllowed'}

/** Why something could not be read, in a word. */
export function reasonOf(error: AnswerError): string {
  if (error instanceof StatusError) return RIGHTS[error.code] ?? (error.reason || `HTTP${error.code}`)
  return error instanceof ConnectionError ? error.reason : 'Error'
}

/** The same in a sentence. */
export function detailOf(error: AnswerError): string {
  return error instanceof StatusError ? error.detail : error.message
}
