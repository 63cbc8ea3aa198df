import {collectMore, projected} from '../cluster/collect.ts'
import {AnswerError} from '../cluster/errors.ts'
import type {Question} from '../reports/report.ts'
import type {Asked} from './asked.ts'
import {type Frame, onPipe, onTerminal} from './display.ts'
import {type Facts, notFound} from './facts.ts'
import {onQuit} from './screen.ts'
import {withCluster} from './session.ts'
import {UsageError} from './usage-error.ts'

/**
 * Answers again whenever the cluster changes, until `q` or Ctrl-C; on a terminal in place, elsewhere the whole
 * answer once and then one line per change.
 * @throws AnswerError when what the question is about can't be read, or no longer can.
 */
export async function watch(
  asked: Asked,
  {needs, more}: Pick<Question<never>, 'needs' | 'more'>,
  frameOf: (facts: Facts) => Frame,
): Promise<void> {
  if (asked.files.length > 0) throw new UsageError('--watch needs a cluster: saved objects do not change')
  const {follow} = await import('../cluster/watch/follow.ts')
  await withCluster(asked, async (cluster, scope) => {
    const reading = {...cluster, keep: projected}
    const ending = new AbortController()
    const display = process.stdout.isTTY ? onTerminal(process.stdout) : onPipe(process.stdout, process.stderr)
    const leave = onQuit(process.stdin, (isInterrupt) => {
      if (isInterrupt) process.exitCode = 130
      ending.abort()
    })
    let isFirst = true
    try {
      await follow(reading, needs(scope), {
        signal: ending.signal,
        onNote: display.note,
        onSnapshot: async (first) => {
          cluster.onSettled()
          const snapshot = await collectMore(reading, first, more(first, scope))
          const missing = isFirst ? notFound({snapshot, scope}, asked) : []
          if (missing.length > 0) throw new AnswerError(missing.join('\n'))
          isFirst = false
          display.show(frameOf({snapshot, scope}))
        },
      })
    } finally {
      leave()
      display.close()
    }
  })
}
