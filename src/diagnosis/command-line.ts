const SAFE = /^[A-Za-z0-9_@%+=:,./-]+$/

/**
 * A kubectl command to copy: every word that a shell would read otherwise is quoted. Names from a live
 * cluster never need it; names from a file may be anything.
 */
export function kubectl(...words: readonly string[]): string {
  return ['kubectl', ...words].map(quote).join(' ')
}

function quote(word: string): string {
  return SAFE.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
