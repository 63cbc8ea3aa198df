import {readdir, readFile, stat} from 'node:fs/promises'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {clean} from '../model/clean.ts'
import type {KubernetesObject} from '../model/objects.ts'
import {AnswerError} from './errors.ts'

/** Objects of one document of a file, and what our own snapshots note beside them. */
export interface SavedDocument {
  readonly objects: readonly KubernetesObject[]
  readonly note?: unknown
}

const EXTENSIONS = /\.(json|ya?ml)(\.gz)?$/

/**
 * Everything that the files, folders and standard input (`-`) hold: JSON or YAML, one document or several,
 * single objects or lists, plain or gzipped, in UTF-8 or UTF-16. A folder stands for its own `.json`, `.yaml` and `.yml` files.
 * @throws AnswerError that names the file and the document for what can't be read.
 */
export async function readSavedDocuments(paths: readonly string[]): Promise<readonly SavedDocument[]> {
  const files = (await Promise.all(paths.map(filesOf))).flat()
  const read = await Promise.all(files.map(documentsOf))
  return read.flat()
}

async function filesOf(path: string): Promise<readonly string[]> {
  if (path === '-') return [path]
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new AnswerError(`error: the path "${clean(path)}" does not exist`)
  if (!found.isDirectory()) return [path]
  const names = (await readdir(path)).filter((name) => EXTENSIONS.test(name)).toSorted()
  if (names.length === 0) {
    throw new AnswerError(
      `error: error reading [${clean(path)}]: recognized file extensions are [.json .yaml .yml]`,
    )
  }
  return names.map((name) => join(path, name))
}

async function documentsOf(file: string): Promise<readonly SavedDocument[]> {
  const name = file === '-' ? 'STDIN' : clean(file)
  const text = decode(unzip(await bytesOf(file), name))
  const parsed = await parse(text, name)
  return parsed.flatMap((document, index) => {
    if (document === null || document === undefined) return []
    return [toDocument(document, parsed.length > 1 ? `${name}: document ${index + 1}` : name)]
  })
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    if (file !== '-') return await readFile(file)
    return Buffer.concat(await Array.fromAsync(process.stdin))
  } catch (error) {
    throw new AnswerError(`error: error reading ${clean(file)}: ${(error as Error).message}`)
  }
}

function unzip(bytes: Buffer, name: string): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes)
  } catch (error) {
    throw new AnswerError(`error: error reading ${name}: ${(error as Error).message}`)
  }
}

/** Encodings by the mark that a text may begin with; PowerShell 5 writes the first on `>`. */
const MARKS = {fffe: 'utf-16le', feff: 'utf-16be'} as const

/** The decoder drops the mark, that of UTF-8 as well. */
function decode(bytes: Buffer): string {
  const mark = bytes.toString('hex', 0, 2) as keyof typeof MARKS
  return new TextDecoder(MARKS[mark] ?? 'utf-8').decode(bytes)
}

/** Where a line ends an object and the next one begins one, without a comma: inside a document nothing does. */
const BETWEEN_JSON = /(?<=\})[ \t\r]*\n\s*(?=\{)/

/** JSON is read as JSON, which is a hundred times quicker; several JSON documents may follow one another. */
async function parse(text: string, name: string): Promise<readonly unknown[]> {
  const isJson = /^\s*[[{]/.test(text)
  const parts = isJson ? text.split(BETWEEN_JSON) : yamlParts(text)
  const {CORE_SCHEMA, load} = isJson ? {} : await import('js-yaml')
  return parts.map((part, index) => {
    try {
      return load && CORE_SCHEMA ? load(part, {schema: CORE_SCHEMA}) : JSON.parse(part)
    } catch (error) {
      const where = parts.length > 1 ? `${name}: document ${index + 1}` : name
      const [reason] = (error as Error).message.split('\n')
      throw new AnswerError(`error: error parsing ${where}: ${clean(reason ?? '')}`)
    }
  })
}

/** kubectl splits YAML at lines that begin with three dashes, before it parses. */
function yamlParts(text: string): readonly string[] {
  return text.split(/^---(?=\s|$)/m).filter((part) => part.replaceAll(/^\s*#.*$/gm, '').trim() !== '')
}

interface ListDocument extends KubernetesObject {
  readonly items?: unknown
  readonly snapshot?: unknown
}

function toDocument(document: unknown, where: string): SavedDocument {
  const object = document as ListDocument
  if (typeof document !== 'object' || typeof object.kind !== 'string') {
    throw new AnswerError(`error: ${where}: Object 'Kind' is missing: this is no Kubernetes object`)
  }
  if (!isList(object)) return {objects: [named(withoutNulls(object), where)]}
  const items = (object.items ?? []).filter((item) => typeof item === 'object' && item !== null)
  return {
    objects: items.flatMap((item) => toDocument({...typeOfItems(object), ...item}, where).objects),
    note: object.snapshot,
  }
}

/** Go writes an empty list as `items: null`. */
function isList(object: ListDocument): object is ListDocument & {items: readonly object[] | null} {
  return Array.isArray(object.items) || (object.items === null && object.kind?.endsWith('List') === true)
}

/** No list of the API has empty places; a file that somebody has edited may. */
function withoutNulls<T>(value: T): T {
  if (Array.isArray(value)) return value.filter((each) => each !== null).map(withoutNulls) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutNulls(each)])) as T
}

/** Items of a typed list (`kind: PodList`), as raw API answers are, do not say what they are. */
function typeOfItems({apiVersion, kind}: ListDocument): KubernetesObject {
  if (kind === 'List' || !kind?.endsWith('List')) return {}
  return {...(apiVersion && {apiVersion}), kind: kind.slice(0, -'List'.length)}
}

/** @throws AnswerError for an object whose name or namespace is no text: everything hangs on them. */
function named(object: KubernetesObject, where: string): KubernetesObject {
  const {name, namespace} = (object.metadata ?? {}) as {name?: unknown; namespace?: unknown}
  const isText = typeof name === 'string' && (namespace === undefined || typeof namespace === 'string')
  if (isText) return object
  throw new AnswerError(`error: ${where}: ${clean(String(object.kind))} without a name`)
}
