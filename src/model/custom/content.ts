/** What stands at a place of an object of which nobody knows the shape; undefined where nothing does. */
export function at(content: unknown, ...place: readonly string[]): unknown {
  return place.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? (found as Readonly<Record<string, unknown>>)[key]
        : undefined,
    content,
  )
}

/** A count: no operator runs more Pods than an int32 can say. */
export function countAt(content: unknown, ...place: readonly string[]): number | undefined {
  const value = at(content, ...place)
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31
    ? value
    : undefined
}

/** A short text, such as a name or a phase. */
export function textAt(content: unknown, ...place: readonly string[]): string | undefined {
  const value = at(content, ...place)
  return typeof value === 'string' && value !== '' ? value.slice(0, LONGEST) : undefined
}

export function flagAt(content: unknown, ...place: readonly string[]): boolean {
  return at(content, ...place) === true
}

/** As far as anybody looks. */
export function listAt(content: unknown, ...place: readonly string[]): readonly unknown[] {
  const value = at(content, ...place)
  return Array.isArray(value) ? value.slice(0, MOST) : []
}

/** As the API has it: `1` or `25%`. */
export function countOrShareAt(content: unknown, ...place: readonly string[]): number | string | undefined {
  const text = textAt(content, ...place)
  return text !== undefined && /^\d{1,9}%?$/.test(text) ? text : countAt(content, ...place)
}

const LONGEST = 1024
/** So many Pods, or names of them, are looked at of one object. */
export const MOST = 10_000
