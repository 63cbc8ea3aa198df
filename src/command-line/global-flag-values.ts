import {parseTimeout} from '../cluster/connect-flags.ts'
import {AnswerError} from '../cluster/errors.ts'
import {invalidArgument} from './usage-error.ts'

/** Level of `-v`. @throws UsageError in pflag's words for what is none. */
export function readVerbosity(text: string): number {
  const reason = (problem: string) =>
    invalidArgument(text, '-v, --v', `strconv.ParseInt: parsing ${JSON.stringify(text)}: ${problem}`)
  if (!/^[-+]?\d+$/.test(text)) throw reason('invalid syntax')
  const level = Number(text)
  if (level > 2 ** 31 - 1 || level < -(2 ** 31)) throw reason('value out of range')
  return level
}

const PROFILES = ['none', 'cpu', 'heap', 'goroutine', 'threadcreate', 'block', 'mutex', 'trace']

/** Name of a profile that kubectl knows. @throws AnswerError in its words for another. */
export function readProfile(text: string): string {
  if (PROFILES.includes(text)) return text
  throw new AnswerError(`error: unknown profile '${text}'`)
}

/** @throws UsageError for what is no duration of Go's */
export function readFrequency(text: string): string {
  try {
    if (/^[-+]?\d*$/.test(text) && Number(text) !== 0) throw new Error()
    parseTimeout(text)
    return text
  } catch {
    throw invalidArgument(text, '--log-flush-frequency', 'parse error')
  }
}

/** Path of a kuberc file. @throws AnswerError in kubectl's words for an empty one. */
export function readKuberc(text: string): string {
  if (text !== '') return text
  throw new AnswerError('error occurred while applying preferences kuberc file is not found')
}

/** @throws UsageError for what is no list of `module=level` */
export function readModules(text: string): string {
  const isList = text.split(',').every((each) => each === '' || /^[^=]+=\d+$/.test(each))
  if (isList) return text
  throw invalidArgument(text, '--vmodule', 'syntax error: expect comma-separated list of filename=N')
}
