/** What one list has that the other has not. */
export interface Changed<T> {
  readonly gone: readonly T[]
  readonly come: readonly T[]
}

/** From one list to the next; objects that are the same ones have not changed. */
export function changedFrom<T>(before: readonly T[], after: readonly T[]): Changed<T> {
  if (before === after) return {gone: [], come: []}
  const start = sharedStart(before, after)
  const end = sharedEnd(before, after, start)
  const [olds, news] = [before.slice(start, before.length - end), after.slice(start, after.length - end)]
  // most often some objects have changed, and none has come or gone
  if (olds.length === news.length) {
    const places = olds.keys().filter((index) => olds[index] !== news[index])
    const changed = [...places]
    return distinct(
      changed.map((index) => olds[index] as T),
      changed.map((index) => news[index] as T),
    )
  }
  return distinct(olds, news)
}

function distinct<T>(olds: readonly T[], news: readonly T[]): Changed<T> {
  const [had, has] = [new Set(olds), new Set(news)]
  return {gone: olds.filter((each) => !has.has(each)), come: news.filter((each) => !had.has(each))}
}

function sharedStart(before: readonly unknown[], after: readonly unknown[]): number {
  const most = Math.min(before.length, after.length)
  let count = 0
  while (count < most && before[count] === after[count]) count++
  return count
}

function sharedEnd(before: readonly unknown[], after: readonly unknown[], start: number): number {
  const most = Math.min(before.length, after.length) - start
  let count = 0
  while (count < most && before.at(-1 - count) === after.at(-1 - count)) count++
  return count
}
