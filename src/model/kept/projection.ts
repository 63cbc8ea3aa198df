/**
 * An object as the API server sends it: read-only, and its times are strings. The client's own types
 * have `Date` there because its serializer converts; we keep what was sent, so that a saved file and a
 * live cluster are the same thing.
 */
export type Plain<T> = T extends Date ? string : T extends object ? {readonly [K in keyof T]: Plain<T[K]>} : T

/**
 * Which fields of a `T` are kept: `true` for a field with all that is in it, names for some of its fields, and for a
 * list for some fields of each of its items. What is not named is dropped.
 */
export type Fields<T> = true | OrEmpty<Part<T>> | Part<T>

type Part<T> = T extends readonly (infer Item)[]
  ? Part<Item>
  : T extends object
    ? {readonly [K in keyof T]?: Fields<NonNullable<T[K]>>}
    : never

/** A field that the API server always sends, and that a file edited by hand may lack: then it is empty. */
interface OrEmpty<F> {
  readonly fields: F
  readonly empty: object
}

/** A `T` with the fields that are kept, and no other: what is dropped cannot be looked at. */
export type Kept<T, F> = F extends true
  ? Plain<T>
  : F extends OrEmpty<infer Inner>
    ? Kept<T, Inner>
    : T extends readonly (infer Item)[]
      ? readonly Kept<Item, F>[]
      : T extends object
        ? KeptFields<T, F>
        : T

/** Of a map, such as that of annotations, any key may be absent. */
type KeptFields<T extends object, F> = string extends keyof T
  ? {readonly [K in keyof F]?: T[keyof T]}
  : {readonly [K in keyof Pick<T, keyof T & keyof F>]: Kept<T[K], F[K & keyof F]>}

/** A function that keeps of a `T` the fields that are named, and its type says which these are. */
export function projection<T extends object>() {
  return <const F extends Fields<T>>(fields: F) =>
    keeper(fields as AnyFields) as (object: Plain<T>) => Kept<T, F>
}

type AnyFields = true | OrEmpty<AnyFields> | {readonly [field: string]: AnyFields}
type Keeper = (value: unknown) => unknown

/** Made once for all objects of a kind, of which there may be many thousands. Null, as Go writes an empty list, is absent. */
function keeper(fields: AnyFields): Keeper {
  if (fields === true) return (value) => value ?? undefined
  if (isOrEmpty(fields)) {
    const keep = keeper(fields.fields)
    return (value) => keep(value ?? fields.empty)
  }
  const keepOne = keeperOfParts(fields)
  return (value) => (Array.isArray(value) ? value.map(keepOne) : keepOne(value ?? undefined))
}

function keeperOfParts(fields: Readonly<Record<string, AnyFields>>): Keeper {
  const parts = Object.entries(fields).map(([name, inner]) => ({name, keep: keeper(inner)}))
  return (value) => {
    if (value === undefined) return undefined
    const kept: Record<string, unknown> = {}
    for (const {name, keep} of parts) {
      const found = keep((value as Record<string, unknown>)[name])
      if (found !== undefined) kept[name] = found
    }
    return kept
  }
}

function isOrEmpty(fields: AnyFields): fields is OrEmpty<AnyFields> {
  return fields !== true && 'empty' in fields
}
