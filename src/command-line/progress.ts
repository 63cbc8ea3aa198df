import type {Ora} from 'ora'
import {cut} from '../render/width.ts'
import {canMove} from './output.ts'

/** A reading that takes less than this is not worth a word. */
const PATIENCE_MS = 300

/** What ora puts before the text; a second line would leave its rest on the screen. */
const SPINNER = 3

/** A spinner on a terminal's stderr, for reads that take a while. */
export interface Progress {
  readonly show: (text: string) => void
  readonly stop: () => void
}

/** Shows nothing off a terminal, in CI, or before 300 ms have passed; ora is loaded only when it is needed. */
export function progressOn(
  stream: NodeJS.WriteStream,
  {env, platform}: Pick<NodeJS.Process, 'env' | 'platform'>,
): Progress {
  if (!canMove(stream, {env, platform}) || env.CI !== undefined) return {show: () => {}, stop: () => {}}
  let text = 'Reading'
  const fitting = () => cut(text, (stream.columns || 80) - SPINNER)
  let spinner: Ora | undefined
  let isStopped = false
  const timer = setTimeout(async () => {
    const {default: ora} = await import('ora')
    // discardStdin would eat what a credential plugin asks the user for
    if (!isStopped) spinner = ora({text: fitting(), stream, discardStdin: false}).start()
  }, PATIENCE_MS)
  return {
    show: (next) => {
      text = next
      if (spinner) spinner.text = fitting()
    },
    stop: () => {
      isStopped = true
      clearTimeout(timer)
      spinner?.stop()
    },
  }
}
