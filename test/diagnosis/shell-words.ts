/**
 * The words that a POSIX shell would make of a line.
 * @throws Error where the shell would do more than that: expand, pipe, redirect, run.
 */
export function shellWords(line: string): readonly string[] {
  const words: string[] = []
  let rest = line
  while (rest !== '') {
    const [all, word] = /^((?:[A-Za-z0-9_@%+=:,./-]|'[^']*'|\\')+)(?: |$)/.exec(rest) ?? []
    if (all === undefined || word === undefined)
      throw new Error(`a shell would not take this as a word: ${rest}`)
    words.push(word.replaceAll(/'([^']*)'|\\(')/g, (_, quoted, escaped) => quoted ?? escaped))
    rest = rest.slice(all.length)
  }
  return words
}
