import {AnswerError} from '../cluster/errors.ts'
import {clean} from '../model/clean.ts'
import {TemplateError} from '../render/jsonpath/nodes.ts'

/** What it gives back. @throws AnswerError for a template that can't be understood or does not fit */
export function told<T>(make: () => T, inWords: (reason: string) => string = (reason) => reason): T {
  try {
    return make()
  } catch (error) {
    // a path is walked by calls within calls
    if (error instanceof RangeError)
      throw new AnswerError('error: the template is nested too deeply, or finds too much')
    if (error instanceof TemplateError) throw new AnswerError(clean(`error: ${inWords(error.message)}`))
    throw error
  }
}
