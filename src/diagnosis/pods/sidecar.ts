import {nameOf} from '../../model/objects.ts'
import {hasCondition} from '../../model/pod.ts'
import {secondsBetween} from '../elapsed.ts'
import {firstCause, type Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {containersOf, lastEnd, type PodContainer, probeSeconds} from './containers-facts.ts'
import {
  afterEdit,
  conditionEvidence,
  describePod,
  eventEvidence,
  logsOf,
  look,
  podFinding,
  saying,
  severityOn,
  toldOf,
  unreadySince,
  whileUnready,
} from './containers-finding.ts'
import {crashEvidence, endText, isCrashing, killingProbe} from './crash-facts.ts'
import {currentInit} from './init.ts'
import type {PodSubject} from './subject.ts'

/** Its image, its configuration and the like have rules of their own. */
function isAtWork({status}: PodContainer): boolean {
  const {waiting, running, terminated} = status.state ?? {}
  return Boolean(running ?? terminated) || waiting?.reason === 'CrashLoopBackOff'
}

/** Beyond its own startup probe's patience nobody expects it to take any longer. */
const SLACK_SECONDS = 30

/** Everything after a sidecar waits until it has started. */
const notStarted: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const current = currentInit(subject)
  if (current?.role !== 'sidecar' || !isAtWork(current)) return undefined
  const {state} = current.status
  const since = state?.running?.startedAt
  const patience = probeSeconds(current.spec?.startupProbe) + SLACK_SECONDS
  const isStarting =
    !isCrashing(current, subject) && !(secondsBetween(since ?? unreadySince(pod), now) > patience)
  const end = lastEnd(current)
  const why = state?.running
    ? 'it runs, and has not passed its startup probe'
    : `it ends (${endText(end)}${saying(end?.message)})`
  return podFinding(subject, {
    id: 'sidecar-not-started',
    severity: isStarting ? 'info' : severityOn(subject, 'error'),
    message: `${podText(pod)} waits for sidecar ${current.name} to start: ${why}`,
    since: since ?? unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} init container ${current.name} restartPolicy=Always, started=${current.status.started ?? false}`,
      ...crashEvidence(subject, current).filter(() => !state?.running),
      ...conditionEvidence(pod, 'Initialized'),
      ...eventEvidence(subject, toldOf(subject, 'Unhealthy', /^Startup probe failed/i)),
    ],
    remedy: look(
      [logsOf(pod, current.name, !state?.running), describePod(pod)],
      `see its logs and its startup probe; the containers after it start as soon as it has started${afterEdit(subject)}`,
    ),
  })
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
  const end = lastEnd(sidecar)
  const crash = probe ? `its ${probe.probe} probe fails and it is restarted` : `it crashes: ${endText(end)}`
  return podFinding(subject, {
    id: 'sidecar-not-ready',
    severity: severityOn(subject, 'error'),
    message: `${podText(pod)} is not ready although its main containers are: sidecar ${sidecar.name} is not${isEnding ? ` (${crash})` : ''}`,
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} init container ${sidecar.name} restartPolicy=Always, ready=false`,
      ...conditionEvidence(pod, 'Ready'),
      ...(isEnding ? crashEvidence(subject, sidecar) : []),
      ...(probe?.events ?? [toldOf(subject, 'Unhealthy')]).flatMap((event) => eventEvidence(subject, event)),
    ],
    remedy: look(
      [logsOf(pod, sidecar.name, isEnding), describePod(pod)],
      `see the sidecar's logs and its readiness probe${afterEdit(subject)}`,
    ),
  })
}

/** An init container that runs on (restartPolicy Always) keeps the others from starting, or the Pod from being ready. */
export const sidecar: Rule<PodSubject> = whileUnready(firstCause([notStarted, notReady]))
