import {mayBeSecret} from './may-be-secret.ts'
import {mergeKeyOf} from './merge-keys.ts'

/** A value in a template that has nothing below it. */
export interface Leaf {
  /** Empty: it is there, and that is all. */
  readonly text: string
  readonly mayBeSecret: boolean
}

/** A template as fields by their paths, such as `containers[app].image`. */
export interface Flattened {
  readonly leaves: ReadonlyMap<string, Leaf>
  /** Names of the items of each list whose order counts. */
  readonly orders: ReadonlyMap<string, readonly string[]>
}

/** Lists that are gone through from the first to the last: what stands before may be referred to. */
const ORDERED: ReadonlySet<string> = new Set(['initContainers', 'env', 'envFrom'])

/** Nothing that the API takes is nested deeper; what somebody wrote by hand may be. */
const DEEPEST = 40

/** All fields of a Pod template; those of its spec without `spec.` before them. */
export function flattened(template: Readonly<Record<string, unknown>>): Flattened {
  const leaves = new Map<string, Leaf>()
  const orders = new Map<string, readonly string[]>()
  const visit = (value: unknown, place: readonly string[], skipped: readonly string[] = []): void => {
    if (value === undefined || value === null || isEmptyList(value)) return
    if (Array.isArray(value) && value.some(isRecord)) visitItems(value, place)
    else if (!isRecord(value) || place.length > DEEPEST) put(place, value)
    else visitFields(value, place, skipped)
  }
  const visitFields = (value: object, place: readonly string[], skipped: readonly string[]): void => {
    const fields = Object.entries(value).filter(([name, each]) => each != null && !skipped.includes(name))
    if (fields.length === 0 && place.length > 0) put(place, '')
    for (const [name, each] of fields) visit(each, [...place, name])
  }
  const visitItems = (items: readonly unknown[], place: readonly string[]): void => {
    const list = place.at(-1) ?? ''
    const names = itemNames(items, list)
    if (ORDERED.has(list)) orders.set(pathOf(place), names)
    for (const [index, item] of items.entries())
      visit(item, [...place, `[${names[index]}]`], mergeKeyOf(list)?.fields)
  }
  const put = (place: readonly string[], value: unknown): void => {
    const isSecret = place.length > DEEPEST || mayBeSecret(place)
    leaves.set(pathOf(place), {text: textOf(value), mayBeSecret: isSecret})
  }
  const {spec, ...others} = template
  visit(spec, [])
  visit(others, [])
  return {leaves, orders}
}

/** The API does not tell it from none. */
function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

/** Names of the items of a list: their merge keys, or their places; of several with the same name each but the first is numbered. */
function itemNames(items: readonly unknown[], list: string): readonly string[] {
  const key = mergeKeyOf(list)
  const counts = new Map<string, number>()
  return items.map((item, index) => {
    const name = key && isRecord(item) ? key.nameOf(item) : String(index)
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return count === 1 ? name : `${name}#${count}`
  })
}

/** `containers[app].ports[80/TCP].name`; what is no plain word is in quotes. */
function pathOf(place: readonly string[]): string {
  return place.reduce((path, part) => {
    if (part.startsWith('[')) return path + part
    if (!/^[A-Za-z][A-Za-z0-9]*$/.test(part)) return `${path}[${part}]`
    return path === '' ? part : `${path}.${part}`
  }, '')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
