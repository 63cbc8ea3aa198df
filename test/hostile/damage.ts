/** What somebody may do to one place of an object, or of a whole list of objects. */
export type Place = readonly (string | number)[]

export type Value = unknown

/** Every place below a value. */
export function* placesOf(value: Value, place: Place = []): Generator<Place> {
  if (place.length > 0) yield place
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) {
    const index = Array.isArray(value) ? Number(key) : key
    yield* placesOf((value as Readonly<Record<string, unknown>>)[key], [...place, index])
  }
}

export function valueAt(value: Value, place: Place): Value {
  return place.reduce<unknown>((found, key) => (found as Readonly<Record<string, unknown>>)?.[key], value)
}

/** A copy with something else at that place; `undefined` takes it away. */
export function withAt(value: Value, [key, ...rest]: Place, damage: (value: Value) => Value): Value {
  if (key === undefined) return damage(value)
  if (typeof value !== 'object' || value === null) return value
  const child = withAt((value as Readonly<Record<string, unknown>>)[key], rest, damage)
  if (Array.isArray(value)) {
    const copy = [...value]
    if (child === undefined) copy.splice(Number(key), 1)
    else copy[Number(key)] = child
    return copy
  }
  const {[key]: _, ...others} = value as Readonly<Record<string, unknown>>
  return child === undefined ? others : {...others, [key]: child}
}

/** A copy in which one text is another one, wherever it stands: so what belongs together still does. */
export function renamed(value: Value, from: string, to: string): Value {
  if (typeof value === 'string') return value === from ? to : value
  if (Array.isArray(value)) return value.map((each) => renamed(each, from, to))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, renamed(each, from, to)]))
}
