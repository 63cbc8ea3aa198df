import {containersOf, lastEnd, type PodContainer, probeSeconds} from '../../../model/containers.ts'
import {nameOf} from '../../../model/objects.ts'
import {hasCondition} from '../../../model/pod.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {PROBE_SLACK_SECONDS, secondsBetween} from '../../patience.ts'
import {capitalised} from '../../words.ts'
import {
  conditionEvidence,
  describePod,
  eventEvidence,
  logsOf,
  podFinding,
  severityOn,
  toldOf,
  unreadySince,
  whileUnready,
} from '../finding.ts'
import {type Help, remedyBy} from '../help.ts'
import {containerOf} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {TEMPLATE_RISK} from '../template-fix.ts'
import {crashEvidence, exitText, isCrashing, killingProbe} from './crash-facts.ts'
import {currentInit} from './init.ts'

export const causes = {
  'sidecar-not-started': {
    title: 'sidecar does not start',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'An init container with `restartPolicy: Always` has not started, so everything behind it waits.',
    remedy:
      'Look at its log and at its startup probe. The containers after it start as soon as it has started.',
    risk: TEMPLATE_RISK,
  },
  'sidecar-not-ready': {
    title: 'sidecar is not ready',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'All ordinary containers are ready, and the Pod is not: its `Ready` condition names a sidecar.',
    remedy: 'Look at the log and at the readiness probe of that sidecar.',
    risk: TEMPLATE_RISK,
  },
} satisfies Causes

/** Its image, its configuration and the like have rules of their own. */
function isAtWork({status}: PodContainer): boolean {
  const {waiting, running, terminated} = status.state ?? {}
  return Boolean(running ?? terminated) || waiting?.reason === 'CrashLoopBackOff'
}

/** Everything after a sidecar waits until it has started. */
const notStarted: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const current = currentInit(subject)
  if (current?.role !== 'sidecar' || !isAtWork(current)) return undefined
  const {state} = current.status
  const since = state?.running?.startedAt
  const patience = probeSeconds(current.spec?.startupProbe) + PROBE_SLACK_SECONDS
  const isStarting =
    !isCrashing(current, subject) && !(secondsBetween(since ?? unreadySince(pod), now) > patience)
  const why = state?.running
    ? 'has not passed its startup probe'
    : `crashes${exitText(lastEnd(current))} before it has started`
  return podFinding(subject, {
    id: 'sidecar-not-started',
    severity: isStarting ? 'info' : severityOn(subject, 'error'),
    message: `${capitalised(containerOf(current, pod))} ${why}, and the containers after it wait`,
    since: since ?? unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} init container ${current.name} restartPolicy=Always, started=${current.status.started ?? false}`,
      ...crashEvidence(subject, current).filter(() => !state?.running),
      ...conditionEvidence(pod, 'Initialized'),
      ...eventEvidence(subject, toldOf(subject, 'Unhealthy', /^Startup probe failed/i)),
    ],
    remedy: remedyBy(subject, [logsOf(pod, current.name, !state?.running), describePod(pod)], SIDECAR_FIX),
  })
}

const SIDECAR_FIX: Help = {
  acts: ['fix what its log names outside of the Pod'],
  what: 'correct the sidecar or its probe',
}

/** All main containers are ready; a sidecar's readiness counts as much as theirs. */
const notReady: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const all = containersOf(pod)
  const mains = all.filter(({role}) => role === 'main')
  const sidecar = all.find(({role, status}) => role === 'sidecar' && !status.ready)
  const isOnlySidecar = mains.length > 0 && mains.every(({status}) => status.ready)
  if (!sidecar || !isOnlySidecar || !isAtWork(sidecar) || hasCondition(pod, 'ContainersReady'))
    return undefined
  const isEnding = isCrashing(sidecar, subject)
  const probe = isEnding ? killingProbe(subject, sidecar) : undefined
  const crash = probe
    ? `is restarted because its ${probe.probe} probe fails`
    : `crashes${exitText(lastEnd(sidecar))}`
  return podFinding(subject, {
    id: 'sidecar-not-ready',
    severity: severityOn(subject, 'error'),
    message: `${capitalised(containerOf(sidecar, pod))} ${isEnding ? crash : 'is not ready'}, although all main containers are ready`,
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} init container ${sidecar.name} restartPolicy=Always, ready=false`,
      ...conditionEvidence(pod, 'Ready'),
      ...(isEnding ? crashEvidence(subject, sidecar) : []),
      ...(probe?.events ?? [toldOf(subject, 'Unhealthy')]).flatMap((event) => eventEvidence(subject, event)),
    ],
    remedy: remedyBy(subject, [logsOf(pod, sidecar.name, isEnding), describePod(pod)], SIDECAR_FIX),
  })
}

/** An init container that runs on (restartPolicy Always) keeps the others from starting, or the Pod from being ready. */
export const sidecar: Rule<PodSubject> = whileUnready(firstCause([notStarted, notReady]))
