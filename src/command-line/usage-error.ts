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
