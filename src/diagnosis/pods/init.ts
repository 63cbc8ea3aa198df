import {nameOf} from '../../model/objects.ts'
import {hasCondition} from '../../model/pod.ts'
import {secondsBetween} from '../elapsed.ts'
import {firstCause, type Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {containersOf, containerText, lastEnd, type PodContainer} from './containers-facts.ts'
import {
  afterEdit,
  conditionEvidence,
  describePod,
  logsOf,
  look,
  podFinding,
  saying,
  severityOn,
  unreadySince,
  whileUnready,
} from './containers-finding.ts'
import {crashEvidence, endText, isCrashing, restartsText} from './crash-facts.ts'
import type {PodSubject} from './subject.ts'

/** The first init container or sidecar that has not done what the ones after it wait for. */
export function currentInit({pod}: PodSubject): PodContainer | undefined {
  if (hasCondition(pod, 'Initialized')) return undefined
  return containersOf(pod).find(
    ({role, status}) =>
      (role === 'init' && status.state?.terminated?.exitCode !== 0) ||
      (role === 'sidecar' && status.started !== true),
  )
}

/** An end that is not a good one counts at once: nothing after it starts. */
const failing: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const current = currentInit(subject)
  if (current?.role !== 'init') return undefined
  const hasFailed = (current.status.state?.terminated?.exitCode ?? 0) !== 0
  if (!hasFailed && !isCrashing(current, subject)) return undefined
  const end = lastEnd(current)
  return podFinding(subject, {
    id: 'init-failing',
    severity: severityOn(subject, 'error'),
    message: `${podText(pod)} can't start: ${containerText(current)} fails (${endText(end)}${saying(end?.message)}), and ${restartsText(current)}`,
    since: unreadySince(pod),
    evidence: [...crashEvidence(subject, current), ...conditionEvidence(pod, 'Initialized')],
    remedy: look(
      [logsOf(pod, current.name, !current.status.state?.terminated), describePod(pod)],
      `see what it said before it ended; all containers after it wait${afterEdit(subject)}`,
    ),
  })
}

/** As long as a Deployment gives its Pods (progressDeadlineSeconds). */
const PATIENCE_SECONDS = 600

const running: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const current = currentInit(subject)
  const startedAt = current?.status.state?.running?.startedAt
  if (current?.role !== 'init' || !current.status.state?.running) return undefined
  const since = startedAt ?? unreadySince(pod)
  return podFinding(subject, {
    id: 'init-running',
    severity: secondsBetween(since, now) > PATIENCE_SECONDS ? 'warning' : 'info',
    message: `${podText(pod)} waits for ${containerText(current)}, which is running`,
    since,
    evidence: [
      `pod/${nameOf(pod)} container ${current.name} state.running${startedAt ? ` since ${startedAt}` : ''}`,
      ...conditionEvidence(pod, 'Initialized'),
    ],
    remedy: look([logsOf(pod, current.name, false)], 'see what it waits for'),
  })
}

/** What the main containers wait for. */
export const init: Rule<PodSubject> = whileUnready(firstCause([failing, running]))
