/** The command line can't be understood. `message` is kubectl's sentence without prefix. Exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** One more sentence: what might have been meant. */
  readonly suggestion: string | undefined

  constructor(message: string, suggestion?: string) {
    super(message)
    this.suggestion = suggestion
  }
}

/** Sentence about what may have been meant; undefined where nothing is near. */
export function meant(word: string | undefined, before = ''): string | undefined {
  return word === undefined ? undefined : `did you mean ${before}${word}?`
}

/** pflag's refusal of a value; `flag` is spelt as pflag does: `-A, --all-namespaces`. */
export function invalidArgument(text: string, flag: string, reason: string): UsageError {
  return new UsageError(`invalid argument ${JSON.stringify(text)} for "${flag}" flag: ${reason}`)
}
