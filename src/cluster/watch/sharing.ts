/**
 * What was there before, where nothing is different; else the new one, with all parts of the one before that are not: it then takes
 * the memory of what has changed. Both are as JSON has them; `after` is nobody else's yet, and is changed.
 */
export function sharing<T>(before: T, after: T): T
export function sharing(before: unknown, after: unknown): unknown {
  if (before === after || !isObject(before) || !isObject(after)) return after
  if (Array.isArray(before) !== Array.isArray(after)) return after
  const names = Object.keys(after)
  let isSame = names.length === Object.keys(before).length
  for (const name of names) {
    const isKnown = Object.hasOwn(before, name)
    if (isKnown) after[name] = sharing(before[name], after[name])
    isSame &&= isKnown && after[name] === before[name]
  }
  return isSame ? before : after
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
