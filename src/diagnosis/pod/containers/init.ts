import {containersOf, lastEnd, type PodContainer} from '../../../model/containers.ts'
import {nameOf} from '../../../model/objects.ts'
import {hasCondition} from '../../../model/pod.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {SILENT_SECONDS, secondsBetween} from '../../patience.ts'
import {capitalised} from '../../words.ts'
import {
  conditionEvidence,
  describePod,
  inspect,
  logsOf,
  podFinding,
  severityOn,
  unreadySince,
  whileUnready,
} from '../finding.ts'
import {type Help, remedyBy} from '../help.ts'
import {containerOf} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {TEMPLATE_RISK} from '../template-fix.ts'
import {crashEvidence, exitText, isCrashing, restartsText} from './crash-facts.ts'
import {because, lastWords} from './last-words.ts'

export const causes = {
  'init-running': {
    title: 'init container is still running',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`Initialized` is `False` and the init container that it names is running.',
    remedy:
      'Wait, or read `kubectl logs <pod> -c <init container>` if it takes too long; often it waits for something that does not come.',
  },
  'init-failing': {
    title: 'init container fails',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "An init container crashes, ends with an error or can't start; the containers behind it wait with `PodInitializing`.",
    remedy:
      'Read `kubectl logs <pod> -c <init container> --previous`, and fix what it names, outside of the Pod or in the template.',
    risk: TEMPLATE_RISK,
  },
} satisfies Causes

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
  const words = lastWords(subject, end?.message)
  return podFinding(subject, {
    id: 'init-failing',
    severity: severityOn(subject, 'error'),
    message: `${because(words, `${containerOf(current, pod)} fails${exitText(end)}`)} (${restartsText(current)})`,
    since: unreadySince(pod),
    evidence: [...crashEvidence(subject, current), ...conditionEvidence(pod, 'Initialized')],
    remedy: remedyBy(
      subject,
      [logsOf(pod, current.name, !current.status.state?.terminated), describePod(pod)],
      words?.help ?? INIT_FIX,
    ),
  })
}

const INIT_FIX: Help = {
  acts: ['fix what its log names outside of the Pod: the kubelet starts it again, and the others after it'],
  what: 'fix what its log names',
}

const running: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const current = currentInit(subject)
  const startedAt = current?.status.state?.running?.startedAt
  if (current?.role !== 'init' || !current.status.state?.running) return undefined
  const since = startedAt ?? unreadySince(pod)
  return podFinding(subject, {
    id: 'init-running',
    severity: secondsBetween(since, now) > SILENT_SECONDS ? 'warning' : 'info',
    message: `${capitalised(containerOf(current, pod))} is still running`,
    since,
    evidence: [
      `pod/${nameOf(pod)} container ${current.name} state.running${startedAt ? ` since ${startedAt}` : ''}`,
      ...conditionEvidence(pod, 'Initialized'),
    ],
    remedy: inspect(
      [logsOf(pod, current.name, false)],
      'wait, or provide what it waits for, as its log says',
    ),
  })
}

/** What the main containers wait for. */
export const init: Rule<PodSubject> = whileUnready(firstCause([failing, running]))
