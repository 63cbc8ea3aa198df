/** What a table has under a word of a cluster, which may be `constructor` or `toString`: these every object has, and they are no entries. */
export function own<T>(table: Readonly<Record<string, T>>, word: string | null | undefined): T | undefined {
  return word !== null && word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined
}
