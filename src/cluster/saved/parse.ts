import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import {withoutQuotes} from '../masking.ts'

/** Where a line ends an object and the next one begins one, without a comma: inside a document nothing does. */
const BETWEEN_JSON = /(?<=\})[ \t\r]*\n\s*(?=\{)/

/** More values fill a machine; the largest file of a cluster that may be read has a third of them. */
const MOST_VALUES = 20_000_000

/**
 * Documents of a text. JSON is read as JSON, which is a hundred times quicker; several JSON documents may follow one another.
 * @throws AnswerError that names the document for what is neither JSON nor YAML.
 */
export async function parse(given: string, name: string): Promise<readonly unknown[]> {
  const text = withoutLogs(given)
  const isJson = /^\s*[[{]/.test(text)
  const parts = isJson ? text.trim().split(BETWEEN_JSON) : yamlParts(text)
  refuseTooMany(text, name, isJson)
  const read = isJson ? JSON.parse : await yamlReader()
  const wholeOf = (index: number) => (parts.length > 1 ? `${name}: document ${index + 1}` : name)
  const documents: unknown[] = []
  for (const [index, part] of parts.entries()) {
    try {
      documents.push(read(part))
    } catch (error) {
      const flow = isJson && parts.length === 1 ? await asYaml(part) : undefined
      if (flow === undefined) throw unreadable(wholeOf(index), error as Error)
      documents.push(flow)
    }
  }
  return documents
}

function unreadable(where: string, {message}: Error): AnswerError {
  const [reason] = message.split('\n')
  return new AnswerError(`error: error parsing ${where}: ${clean(withoutQuotes(reason ?? ''))}`)
}

/** YAML may begin like JSON. Undefined for what is neither. */
async function asYaml(text: string): Promise<unknown> {
  const read = await yamlReader()
  try {
    return read(text)
  } catch {
    return undefined
  }
}

/** Loaded only for it. */
async function yamlReader(): Promise<(text: string) => unknown> {
  return (await import('../yaml.ts')).readYaml
}

const [COMMA, OPEN_LIST, OPEN_OBJECT, LINE_END] = [44, 91, 123, 10]

/** Each value but the first of a list or an object stands behind a comma, or in YAML on a line, and the first behind a bracket. @throws AnswerError */
function refuseTooMany(text: string, name: string, isJson: boolean): void {
  let values = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === COMMA || code === OPEN_LIST || code === OPEN_OBJECT || (code === LINE_END && !isJson))
      values++
  }
  if (values > MOST_VALUES)
    throw new AnswerError(
      `error: error parsing ${name}: more than ${MOST_VALUES} values, which no saved cluster has`,
    )
}

/** kubectl splits YAML at lines that begin with three dashes, before it parses; directives are for nobody. */
function yamlParts(text: string): readonly string[] {
  return text.split(/^---(?=\s|$)/m).filter((part) => SAYS_SOMETHING.test(part))
}

/** A line that is neither empty nor a comment nor a directive. No pattern here goes over the end of a line: many empty lines must not cost time. */
const SAYS_SOMETHING = /^(?![^\S\r\n\u2028\u2029]*(?:#|$)|%)/m

const [START_OF_LOG, END_OF_LOG] = ['==== START logs for container ', '==== END logs for container ']

/** What `kubectl cluster-info dump` prints between its lists goes; one that does not end stays. */
function withoutLogs(text: string): string {
  const parts: string[] = []
  let at = 0
  for (;;) {
    const start = lineWith(START_OF_LOG, text, at)
    const end = start < 0 ? -1 : lineWith(END_OF_LOG, text, start)
    if (end < 0) return parts.length === 0 ? text : parts.join('') + text.slice(at)
    parts.push(text.slice(at, start))
    const rest = text.indexOf('\n', end)
    at = rest < 0 ? text.length : rest
  }
}

/** Where the next line begins that begins so. */
function lineWith(mark: string, text: string, from: number): number {
  if (from === 0 && text.startsWith(mark)) return 0
  const found = text.indexOf(`\n${mark}`, from)
  return found < 0 ? -1 : found + 1
}
