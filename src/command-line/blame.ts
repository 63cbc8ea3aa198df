import {AnswerError} from '../cluster/errors.ts'
import {clean} from '../model/clean.ts'
import type {Request} from './request.ts'

/** Handler for what goes wrong while objects are looked at, of which nobody has checked every field. */
export function blameObjects({files}: Request): (error: unknown) => never {
  const [who, verb] = files.length > 0 ? ['the files', 'hold'] : ['the answer of the server', 'holds']
  return (error) => {
    if (error instanceof RangeError) {
      throw new AnswerError(`error: ${who} ${verb} an object that is nested too deeply, or is too long`)
    }
    if (!(error instanceof TypeError)) throw error
    throw new AnswerError(
      `error: ${who} ${verb} an object of a wrong shape, or this is a mistake in kubectl-stateful: ${clean(error.message)}`,
    )
  }
}
