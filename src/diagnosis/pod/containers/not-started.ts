import {containersOf, hasNotStarted, probeSeconds} from '../../../model/containers.ts'
import {nameOf} from '../../../model/objects.ts'
import type {Causes} from '../../cause.ts'
import type {Rule, Severity} from '../../finding.ts'
import {PROBE_SLACK_SECONDS, QUIET_SECONDS, SILENT_SECONDS, secondsBetween} from '../../patience.ts'
import {capitalised} from '../../words.ts'
import {
  boundSince,
  conditionEvidence,
  describePod,
  eventEvidence,
  inspect,
  isRecent,
  logsOf,
  podFinding,
  severityOn,
  toldOf,
  unreadySince,
} from '../finding.ts'
import {type Help, remedyBy} from '../help.ts'
import {containerOf} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {TEMPLATE_RISK} from '../template-fix.ts'

export const causes = {
  'startup-probe-failing': {
    title: 'startup probe is not passed',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'A container runs with `started` `false` for longer than its `startupProbe` allows, and was not restarted. Events may say `Startup probe failed:`.',
    remedy:
      'Read the log of the container, and ask its probe by hand: until it passes no other probe is asked, and the Pod is not ready.',
    risk: TEMPLATE_RISK,
  },
  'container-creating-quiet': {
    title: 'container creation takes too long',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The container waits with `ContainerCreating` or `PodInitializing` for minutes, and no event says what it waits for.',
    remedy:
      'Look for mounts and pulls in `kubectl describe pod`, then into the log of the kubelet on that node.',
  },
} satisfies Causes

/** Nothing fails that is tried again: only time tells whether it still comes. A slow start may be asked for. */
export function lasting(subject: PodSubject): Severity {
  const {pod, now} = subject
  const patience = Math.max(
    SILENT_SECONDS,
    ...containersOf(pod).map(({spec}) => probeSeconds(spec?.startupProbe)),
  )
  return severityOn(subject, secondsBetween(unreadySince(pod), now) > patience ? 'error' : 'warning')
}

/** It runs, and has not passed its startup probe in all the time that this gives it. */
export const starting: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const found = containersOf(pod).find(
    ({role, spec, status}) =>
      role !== 'init' && spec?.startupProbe && status.state?.running && status.started === false,
  )
  const startedAt = found?.status.state?.running?.startedAt
  const allowed = probeSeconds(found?.spec?.startupProbe)
  if (!found || !(secondsBetween(startedAt, now) > allowed + PROBE_SLACK_SECONDS)) return undefined
  const event = toldOf(subject, 'Unhealthy', /^Startup probe (?:failed|errored)/i)
  return podFinding(subject, {
    id: 'startup-probe-failing',
    severity: lasting(subject),
    message: `${capitalised(containerOf(found, pod))} has not passed its startup probe, which allows ${allowed}s`,
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} container ${found.name} started=false, state.running since ${startedAt}`,
      ...conditionEvidence(pod, 'Ready'),
      ...eventEvidence(subject, event),
    ],
    remedy: remedyBy(subject, [logsOf(pod, found.name, false), describePod(pod)], STARTUP_FIX),
  })
}

const STARTUP_FIX: Help = {
  acts: ['provide what it waits for, as its log says'],
  what: 'if its start takes longer by nature, raise failureThreshold of its startupProbe',
}

/** Nothing has started, and for minutes nobody has said a word about it. */
export const quiet: Rule<PodSubject> = (subject) => {
  const {pod, now, relations} = subject
  const since = boundSince(pod)
  if (!hasNotStarted(pod) || !(secondsBetween(since, now) > QUIET_SECONDS)) return undefined
  if (subject.events.some((event) => isRecent(event, now, QUIET_SECONDS))) return undefined
  const status = containersOf(pod)[0]?.status.state?.waiting?.reason
  return podFinding(subject, {
    id: 'container-creating-quiet',
    severity: lasting(subject),
    message: `The kubelet of node ${pod.spec?.nodeName} has started no container of ${nameOf(pod)}${relations.sees('events') ? ' and does not say why' : ', and its events could not be read'}`,
    since,
    evidence: [
      `pod/${nameOf(pod)} ${status ? `state.waiting.reason=${status}` : 'has no status of its containers'}`,
      ...conditionEvidence(pod, 'PodReadyToStartContainers'),
    ],
    remedy: inspect(
      [describePod(pod)],
      "read the kubelet's log on that node: it may be slow or hang, or wait for a volume",
    ),
  })
}
