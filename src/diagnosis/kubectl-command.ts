const SAFE = /^[A-Za-z0-9_@%+=:,./-]+$/

/** The flags that our commands are made of. */
const WITH_VALUE: ReadonlySet<string | undefined> = new Set([
  '-L',
  '-l',
  '-n',
  '-o',
  '-p',
  '--field-selector',
])
const ALONE: ReadonlySet<string> = new Set([
  '-A',
  '--type=json',
  '--clusterip=None',
  '--overwrite',
  '--ignore-daemonsets',
])

/**
 * A kubectl command to copy: every word that a shell would read otherwise is quoted, and a name that kubectl
 * would read as a flag comes after `--`. Names from a live cluster never need it; names from a file may be
 * anything.
 */
export function kubectl(...given: readonly (string | null | undefined)[]): string {
  const words = given.map((word) => word ?? '')
  const isPlain = (word: string, index: number) =>
    !word.startsWith('-') || WITH_VALUE.has(word) || ALONE.has(word) || WITH_VALUE.has(words[index - 1])
  const names = words.filter((word, index) => !isPlain(word, index))
  const last = names.length > 0 ? ['--', ...names] : []
  return ['kubectl', ...words.filter(isPlain), ...last].map(quote).join(' ')
}

function quote(word: string): string {
  return SAFE.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
