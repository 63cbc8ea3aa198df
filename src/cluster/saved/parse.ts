import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import {withoutQuotes} from '../masking.ts'

/** Where a line ends an object and the next one begins one, without a comma: inside a document nothing does. */
const BETWEEN_JSON = /(?<=\})[ \t\r]*\n\s*(?=\{)/

/** What `kubectl cluster-info dump` prints between its lists. */
const LOGS = /^==== START logs for container .*[\s\S]*?^==== END logs for container .*$/gm

/**
 * Documents of a text. JSON is read as JSON, which is a hundred times quicker; several JSON documents may follow one another.
 * @throws AnswerError that names the document for what is neither JSON nor YAML.
 */
export async function parse(given: string, name: string): Promise<readonly unknown[]> {
  const text = given.includes('==== START logs') ? given.replaceAll(LOGS, '') : given
  const isJson = /^\s*[[{]/.test(text)
  const parts = isJson ? text.trim().split(BETWEEN_JSON) : yamlParts(text)
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

/** As tolerant as kubectl's: of two equal keys the later one holds. */
async function yamlReader(): Promise<(text: string) => unknown> {
  const {CORE_SCHEMA, load} = await import('js-yaml')
  return (text) => load(text, {schema: CORE_SCHEMA, json: true})
}

/** kubectl splits YAML at lines that begin with three dashes, before it parses; directives are for nobody. */
function yamlParts(text: string): readonly string[] {
  return text.split(/^---(?=\s|$)/m).filter((part) => part.replaceAll(/^\s*#.*$|^%.*$/gm, '').trim() !== '')
}
