/** How a command ends, as the README promises it; no other file knows the numbers. */
const STATUS = {answered: 0, bad: 1, unanswered: 2, interrupted: 130} as const

/** What ends us from outside, by the exit status that shells give it. */
const SIGNALS = {SIGHUP: 129, SIGINT: STATUS.interrupted, SIGTERM: 143} as const

export type Outcome = keyof typeof STATUS

/** What a status means, as help says it. */
export type ExitText = readonly [status: string, meaning: string]

/** What help says of the statuses of a command; `bad`: what a bad outcome is, where the command has such. */
export function exitTexts(bad?: string): readonly ExitText[] {
  const texts = {
    answered: 'the question was answered',
    bad,
    unanswered: 'it could not be answered, or not wholly: usage, connection, rights, or not found',
    interrupted: 'interrupted',
  } satisfies Record<Outcome, string | undefined>
  return Object.entries(texts).flatMap(([outcome, text]) =>
    text === undefined ? [] : [[String(STATUS[outcome as Outcome]), text] as const],
  )
}

/** Lets the process end by itself, with the status of that outcome. */
export function endWith(outcome: Outcome): void {
  process.exitCode = STATUS[outcome]
}

/** Ends the process whatever is still under way. */
export function endAtOnce(outcome: Outcome): void {
  process.exit(STATUS[outcome])
}

const listeners = Object.entries(SIGNALS).map(
  ([signal, status]) => [signal, () => process.exit(status)] as const,
)

/** Ends the process at once when a signal tells it to or nobody reads on (`| head`); `exit` listeners tidy up. */
export function endEarly(): void {
  for (const [signal, listener] of listeners) process.once(signal, listener)
  // whoever can't be told is not told, and the status stays
  process.stderr.on('error', () => undefined)
  process.stdout.on('error', ({code, message}: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit(STATUS.answered)
    process.stderr.write(`error: the answer could not be written: ${message}\n`)
    process.exit(STATUS.unanswered)
  })
}

/**
 * From here on a signal kills at once, as the system does it, with the same status in a shell: a listener would have to wait
 * while we work without a pause, and nothing is left to tidy up.
 */
export function leaveSignalsToSystem(): void {
  for (const [signal, listener] of listeners) process.removeListener(signal, listener)
}
