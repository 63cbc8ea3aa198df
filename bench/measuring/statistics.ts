/** The middle, and how far the others are from it. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

export function spreadOf(values: readonly number[]): Spread {
  return {median: median(values), least: Math.min(...values), most: Math.max(...values)}
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const [low, high] = [Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2)]
  return ((sorted[low] ?? Number.NaN) + (sorted[high] ?? Number.NaN)) / 2
}

/** One measurement at one size. */
export interface Point {
  readonly size: number
  readonly value: number
}

/** The k of the curve value = c · size^k that lies nearest to the points, on a logarithmic scale. */
export function exponentOf(points: readonly Point[]): number {
  const logs = points.map(({size, value}) => ({x: Math.log(size), y: Math.log(value)}))
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [x, y] = [mean(logs.map((each) => each.x)), mean(logs.map((each) => each.y))]
  const covariance = mean(logs.map((each) => (each.x - x) * (each.y - y)))
  return covariance / mean(logs.map((each) => (each.x - x) ** 2))
}
