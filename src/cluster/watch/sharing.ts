/**
 * What was there before, where nothing is different; else what comes after, with all parts of the one before that are not: it then
 * takes the memory of what has changed. Both are as JSON has them, and stay as they are.
 */
export function sharing<T>(before: T, after: T): T
export function sharing(before: unknown, after: unknown): unknown {
  if (before === after || !isObject(before) || !isObject(after)) return after
  if (Array.isArray(before) !== Array.isArray(after)) return after
  const names = Object.keys(after)
  let shared = after
  let isSame = names.length === Object.keys(before).length
  for (const name of names) {
    const part = Object.hasOwn(before, name) ? sharing(before[name], after[name]) : after[name]
    isSame &&= Object.hasOwn(before, name) && part === before[name]
    if (part === after[name]) continue
    if (shared === after) shared = copy(after)
    shared[name] = part
  }
  return isSame ? before : shared
}

function copy(value: Record<string, unknown>): Record<string, unknown> {
  return Array.isArray(value) ? ([...value] as unknown as Record<string, unknown>) : {...value}
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
