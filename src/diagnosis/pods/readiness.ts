import {nameOf} from '../../model/objects.ts'
import {secondsBetween} from '../elapsed.ts'
import {firstCause, type Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {containersOf, containerText, hasNotStarted, probeSeconds} from './containers-facts.ts'
import {
  boundSince,
  conditionEvidence,
  containersReady,
  describePod,
  eventEvidence,
  isRecent,
  logsOf,
  look,
  ownEvents,
  podFinding,
  saying,
  severityOn,
  toldOf,
  unreadySince,
  whileUnready,
} from './containers-finding.ts'
import {flapping} from './readiness-flapping.ts'
import type {PodSubject} from './subject.ts'

/** Right after the containers are ready, or have started, nobody need worry. */
const PATIENCE_SECONDS = 60

/** Its containers are ready: somebody else has not said that the Pod may be. */
const gate: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const ready = pod.status?.conditions?.find(({type}) => type === 'Ready')
  if (ready?.reason !== 'ReadinessGatesNotReady' || !containersReady(pod)) return undefined
  const since = pod.status?.conditions?.find(({type}) => type === 'ContainersReady')?.lastTransitionTime
  const isNew = secondsBetween(since, now) <= PATIENCE_SECONDS
  return podFinding(subject, {
    id: 'readiness-gate',
    severity: isNew ? 'info' : severityOn(subject, 'error'),
    message: `${podText(pod)} waits for its readiness gate${saying(ready.message)}`,
    since: since ?? unreadySince(pod),
    evidence: [...conditionEvidence(pod, 'ContainersReady'), ...conditionEvidence(pod, 'Ready')],
    remedy: look(
      [describePod(pod)],
      'look at the controller that sets that condition (mostly that of a load balancer): is it running, and is its target healthy?',
    ),
  })
}

/** It runs, and does not answer its readiness probe; one that is still in its startup is not asked. */
const failing: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const found = containersOf(pod).find(
    ({role, status}) => role === 'main' && status.state?.running && !status.ready && status.started !== false,
  )
  if (!found) return undefined
  const startedAt = found.status.state?.running?.startedAt
  const patience = Math.max(PATIENCE_SECONDS, probeSeconds(found.spec?.readinessProbe))
  const seconds = secondsBetween(startedAt ?? unreadySince(pod), now)
  const event = toldOf(subject, 'Unhealthy', /^Readiness probe (?:failed|errored)/i)
  return podFinding(subject, {
    id: 'readiness-failing',
    severity: seconds > patience ? severityOn(subject, 'error') : 'info',
    message: `${podText(pod)}: ${containerText(found)} runs and is not ready${event ? saying(event.message) : ''}`,
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} container ${found.name} ready=false, state.running${startedAt ? ` since ${startedAt}` : ''}`,
      ...conditionEvidence(pod, 'Ready'),
      ...eventEvidence(subject, event),
    ],
    remedy: look(
      [logsOf(pod, found.name, false), describePod(pod)],
      'see what it waits for: a member may need others of its set, or its data, before it can serve',
      'a laxer probe sends traffic to a member that can not serve',
    ),
  })
}

/** To be bound, mounted and given a sandbox takes a Pod less, if nothing is wrong. */
const QUIET_SECONDS = 300

/** Nothing has started, and for minutes nobody has said a word about it. */
const quiet: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const since = boundSince(pod)
  if (!hasNotStarted(pod) || !(secondsBetween(since, now) > QUIET_SECONDS)) return undefined
  if (ownEvents(subject).some((event) => isRecent(event, now, QUIET_SECONDS))) return undefined
  const status = containersOf(pod)[0]?.status.state?.waiting?.reason
  return podFinding(subject, {
    id: 'container-creating-quiet',
    severity: severityOn(subject, 'warning'),
    message: `${podText(pod)} has been given to node ${pod.spec?.nodeName}, and its kubelet has started no container and does not say why`,
    since,
    evidence: [
      `pod/${nameOf(pod)} ${status ? `state.waiting.reason=${status}` : 'has no status of its containers'}`,
      ...conditionEvidence(pod, 'PodReadyToStartContainers'),
    ],
    remedy: look(
      [describePod(pod)],
      "look in the kubelet's log on that node: it may be slow or stuck, or wait for a volume",
    ),
  })
}

/** What is left where nothing fails: the Pod is not ready, or does not stay so. */
export const readiness: Rule<PodSubject> = firstCause([
  whileUnready(firstCause([gate, failing, quiet])),
  flapping,
])
