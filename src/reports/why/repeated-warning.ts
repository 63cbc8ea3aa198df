import type {Finding} from '../../diagnosis/finding.ts'
import {LAST_TOLD_SECONDS, OFTEN, secondsBetween} from '../../diagnosis/patience.ts'
import type {TimelineEntry} from './report.ts'

/** What is still said again and again where nothing was found: something is wrong, though no rule knows what. */
export function repeatedWarning(
  timeline: readonly TimelineEntry[],
  findings: readonly Finding[],
  observedAt: string,
): TimelineEntry | undefined {
  if (findings.some(({severity}) => severity !== 'info')) return undefined
  return timeline.findLast(
    ({what, isWarning, count = 1, at, isOfEarlier}) =>
      what === 'Event' &&
      isWarning &&
      count >= OFTEN &&
      secondsBetween(at, observedAt) <= LAST_TOLD_SECONDS &&
      !isOfEarlier,
  )
}
