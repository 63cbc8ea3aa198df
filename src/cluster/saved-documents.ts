import {clean} from '../model/clean.ts'
import {AnswerError} from './errors.ts'
import {keyOfKind} from './resources.ts'
import {collected, decompressed, peek} from './saved/bytes.ts'
import {ForeignDocument, type SavedDocument, toDocument} from './saved/document.ts'
import {FILE_BYTES} from './saved/limits.ts'
import {parse} from './saved/parse.ts'
import type {Source} from './saved/source.ts'
import {sourcesOf} from './saved/sources.ts'
import {decode} from './saved/text.ts'
import {beginsAsSaved, kindAt, mayBeSaved, namesAKind} from './saved/worth.ts'

export type {SavedDocument} from './saved/document.ts'

/** How many files there were, and which were of no use. */
export interface Passed {
  files: number
  /** Without an object of a kind that is looked at. */
  foreign: number
  /** Those that can't be read, with the reason. */
  readonly broken: string[]
  /** Objects of a wrong shape: which, and which field. */
  readonly misshapen: string[]
}

export function nothingPassed(): Passed {
  return {files: 0, foreign: 0, broken: [], misshapen: []}
}

/**
 * Everything that files, folders with all that is in them, archives and standard input (`-`) hold: JSON or YAML, one
 * document or several, single objects or lists, plain or compressed, in UTF-8 or UTF-16, one after the other. Of a folder
 * or an archive what is of no use is passed over, and counted.
 * @throws AnswerError that names the file and the document for a given file that can't be read.
 */
export async function* savedDocuments(
  paths: readonly string[],
  passed: Passed,
): AsyncGenerator<SavedDocument> {
  for (const path of paths) {
    const before = {...passed, broken: passed.broken.length}
    for await (const source of sources(path, passed)) {
      passed.files += 1
      yield* source.isGiven ? await documentsOf(source) : await usefulIn(source, passed)
    }
    refuseIfUseless(path, before, passed)
  }
}

/** All of them at once. @throws AnswerError */
export async function readSavedDocuments(paths: readonly string[]): Promise<readonly SavedDocument[]> {
  return await Array.fromAsync(savedDocuments(paths, nothingPassed()))
}

/** Of an archive that is cut short what came before is read. @throws AnswerError */
async function* sources(path: string, passed: Passed): AsyncGenerator<Source> {
  let inside = 0
  try {
    for await (const source of sourcesOf(path)) {
      if (!source.isGiven) inside += 1
      yield source
    }
  } catch (error) {
    const told = unreadable(path === '-' ? 'STDIN' : path, error as Error)
    if (inside === 0) throw told
    passed.files += 1
    passed.broken.push(reasonIn(told))
  }
}

function unreadable(name: string, error: Error): AnswerError {
  if (error instanceof AnswerError) return error
  const {message} = error.message === '' && error.cause instanceof Error ? error.cause : error
  return new AnswerError(`error: error reading ${clean(name)}: ${clean(message)}`)
}

function reasonIn({message}: AnswerError): string {
  return message.replace(/^error: /, '')
}

/** Of a folder or an archive: nothing, where it holds nothing of use. */
async function usefulIn(source: Source, passed: Passed): Promise<readonly SavedDocument[]> {
  try {
    const documents = mayBeSaved(source.path) ? (await documentsOf(source)).filter(isUseful) : []
    if (documents.length === 0) passed.foreign += 1
    return documents
  } catch (error) {
    passed.broken.push(reasonIn(unreadable(source.name, error as Error)))
    return []
  }
}

function isUseful({objects, lists, note}: SavedDocument): boolean {
  return (
    note !== undefined ||
    (lists?.length ?? 0) > 0 ||
    objects.some(({apiVersion, kind}) => keyOfKind(apiVersion ?? '', kind ?? ''))
  )
}

async function documentsOf(source: Source): Promise<readonly SavedDocument[]> {
  const {isGiven, path} = source
  const name = clean(source.name)
  const text = await textOf(source)
  if (text === undefined || !(isGiven || namesAKind(text, path))) return []
  const parsed = await parse(text, name)
  return parsed.flatMap((document, index) => {
    if (document === null || document === undefined) return []
    const where = parsed.length > 1 ? `${name}: document ${index + 1}` : name
    return documentIn(document, where, source)
  })
}

/** Of a folder or an archive what is none of Kubernetes' is no mistake. */
function documentIn(document: unknown, where: string, {path, isGiven}: Source): readonly SavedDocument[] {
  try {
    return [toDocument(document, where, kindAt(path))]
  } catch (error) {
    if (isGiven || !(error instanceof ForeignDocument)) throw error
    return []
  }
}

/** Undefined for what is no text that we look for. @throws AnswerError */
async function textOf({name, bytes, isGiven}: Source): Promise<string | undefined> {
  try {
    const {head, all} = await decompressed(await peek(bytes))
    if (isGiven || beginsAsSaved(head)) return decode(await collected(all, FILE_BYTES))
    return undefined
  } catch (error) {
    throw unreadable(name, error as Error)
  }
}

function refuseIfUseless(
  path: string,
  before: {files: number; foreign: number; broken: number},
  now: Passed,
): void {
  const [files, foreign, broken] = [
    now.files - before.files,
    now.foreign - before.foreign,
    now.broken.slice(before.broken),
  ]
  if (files > foreign + broken.length) return
  const why = broken.length > 0 ? `; ${broken[0]}` : ''
  throw new AnswerError(
    `error: error reading [${clean(path)}]: none of ${files} files holds an object to look at${why}`,
  )
}
