import type {KubernetesObject} from '../../model/objects.ts'
import type {ResourceKey} from '../../model/snapshot.ts'
import {AnswerError} from '../errors.ts'
import {keyOfKind, resources} from '../resources.ts'
import {isRecord, wordFor} from '../shape/types.ts'

/** Objects of one document of a file, and what our own snapshots note beside them. */
export interface SavedDocument {
  readonly objects: readonly KubernetesObject[]
  readonly note?: unknown
  /** Kinds of which it is a list of its own, though it may be empty. */
  readonly lists?: readonly ResourceKey[]
  /** One object that nobody has listed: there may be more of its kind. */
  readonly isAlone?: true
  /** The kind that its folder or archive keeps at that place. */
  readonly folderOf?: ResourceKey
  /** What is wrong with those items of the list that are no objects. */
  readonly broken?: readonly string[]
}

/** It is no object of Kubernetes: nothing is wrong with it, it is of no use. */
export class ForeignDocument extends AnswerError {}

interface ListDocument extends KubernetesObject {
  readonly items?: unknown
  readonly snapshot?: unknown
}

/**
 * A parsed document as objects. `kind` is the one that its place tells, for lists that say nothing of themselves.
 * @throws ForeignDocument, and AnswerError for what is too deep to be one of the API.
 */
export function toDocument(document: unknown, where: string, kind?: ResourceKey): SavedDocument {
  const plain = isListOfObjects(document, kind) ? {kind: 'List', items: document} : document
  const object = named(plain, kind) as ListDocument
  if (typeof object !== 'object' || typeof object?.kind !== 'string') {
    throw new ForeignDocument(`error: ${where}: Object 'Kind' is missing: this is no Kubernetes object`)
  }
  if (typeof (object.apiVersion ?? '') !== 'string') {
    throw new ForeignDocument(`error: ${where}: Object 'apiVersion' is no text: this is no Kubernetes object`)
  }
  if (!isList(object)) {
    return {objects: [withoutNulls(object, where)], isAlone: true, ...(kind && {folderOf: kind})}
  }
  const type = typeOfItems(object, kind)
  const inner = (object.items ?? []).flatMap((item, index) => itemIn(item, type, `items[${index}]`))
  const own = keyOfKind(type.apiVersion ?? '', type.kind ?? '')
  return {
    objects: inner.flatMap(({objects}) => objects),
    note: object.snapshot,
    lists: [...(own ? [own] : []), ...inner.flatMap(({lists = []}) => lists)],
    broken: inner.flatMap(({broken = []}) => broken),
  }
}

/** One that is no object takes nothing from the others. No list of the API has empty places; a file that somebody has edited may. */
function itemIn(item: unknown, type: KubernetesObject, where: string): readonly SavedDocument[] {
  if (item === null || item === undefined) return []
  if (!isRecord(item)) return [{objects: [], broken: [`${where} is ${wordFor(item)}, not an object`]}]
  try {
    return [toDocument({...type, ...item}, where)]
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error
    return [{objects: [], broken: [error.message.replace(/^error: (error parsing )?/, '')]}]
  }
}

/** An array is a list where its items say what they are, or its place does. */
function isListOfObjects(document: unknown, kind: ResourceKey | undefined): document is readonly object[] {
  if (!Array.isArray(document) || document.length === 0) return false
  return document.every(
    (each: ListDocument | null) => each?.metadata?.name && (kind || typeof each.kind === 'string'),
  )
}

/** Programs write lists, and objects, without saying what they are: then their place tells. */
function named(document: unknown, kind: ResourceKey | undefined): unknown {
  const object = document as ListDocument | null
  if (!kind || typeof object !== 'object' || object === null || typeof object.kind === 'string')
    return document
  const type = typeOf(kind)
  if ('items' in object) return {...object, ...type, kind: `${type.kind}List`}
  return object.metadata?.name ? {...object, ...type} : document
}

/** Go writes an empty list as `items: null`, or leaves it out. */
function isList(object: ListDocument): object is ListDocument & {items?: readonly object[] | null} {
  const isEmpty = object.items === null || object.items === undefined
  return Array.isArray(object.items) || (isEmpty && object.kind?.endsWith('List') === true)
}

/** Items of a typed list (`kind: PodList`), as raw API answers are, do not say what they are. */
function typeOfItems({apiVersion, kind}: ListDocument, place: ResourceKey | undefined): KubernetesObject {
  if (kind === 'List' || !kind?.endsWith('List')) return place ? typeOf(place) : {}
  return {...(apiVersion && {apiVersion}), kind: kind.slice(0, -'List'.length)}
}

function typeOf(place: ResourceKey): Required<Pick<KubernetesObject, 'apiVersion' | 'kind'>> {
  const {apiVersion, kind} = resources[place]
  return {apiVersion, kind}
}

/** Go reads ten times as deep; no object of the API is a tenth of it. */
const MOST_DEPTH = 1000

/** No list of the API has empty places; a file that somebody has edited may. */
function withoutNulls<V>(value: V, where: string, depth = 0): V {
  if (typeof value !== 'object' || value === null) return value
  if (depth > MOST_DEPTH) throw new AnswerError(`error: error parsing ${where}: exceeded max depth`)
  if (Array.isArray(value))
    return value.filter((each) => each !== null).map((each) => withoutNulls(each, where, depth + 1)) as V
  const entries = Object.entries(value)
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutNulls(each, where, depth + 1)])) as V
}
