/** What a command has left behind when it ended. */
export interface Ran {
  readonly stdout: string
  readonly stderr: string
  readonly code: number | null
}

/** `$ kubectl stateful map …` → its words; what is between single quotes is one, as in a shell. */
export function wordsOf(line: string): readonly string[] {
  const found = line.match(/(?:'[^']*'|[^\s'])+/g) ?? []
  const [dollar, kubectl, stateful, ...words] = found.map((word) => word.replaceAll("'", ''))
  if (dollar !== '$' || kubectl !== 'kubectl' || stateful !== 'stateful')
    throw new Error(`no transcript: ${line}`)
  return words
}

/** What a terminal would show of a command: the command, stdout, stderr, and the exit status if it is not 0. */
export function transcript(line: string, {stdout, stderr, code}: Ran): string {
  return `${line.trim()}\n${stdout}${stderr}${code === 0 ? '' : `exit ${code}\n`}`
}
