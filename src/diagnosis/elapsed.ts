/** Seconds from one RFC 3339 time to another; NaN, of which no comparison is true, where one is not known. */
export function secondsBetween(from: string | undefined, to: string | undefined): number {
  return (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000
}
