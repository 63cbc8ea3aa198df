import {controllerUid, type Event, nameOf, type Pod} from '../../model/objects.ts'
import {isReady, isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {secondsBetween} from '../elapsed.ts'
import type {Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {containersOf} from './containers-facts.ts'
import {
  conditionEvidence,
  describePod,
  eventEvidence,
  look,
  podFinding,
  toldOf,
} from './containers-finding.ts'
import {lastSeen, type PodSubject} from './subject.ts'

/** A Pod that has been ready for longer has settled, whatever it did before. */
const SETTLED_SECONDS = 300
const OFTEN = 3

/** How long its owner wants it to stay ready. */
function minReadySeconds(pod: Pod, {snapshot}: Relations): number {
  const uid = controllerUid(pod)
  const owner = [...snapshot.statefulSets, ...snapshot.daemonSets].find(
    ({metadata}) => uid !== undefined && metadata?.uid === uid,
  )
  return owner?.spec?.minReadySeconds ?? 0
}

/** Failed before the Pod became ready last, and again since: between the two it had passed. */
function isBothSides(event: Event, readySince: string | undefined): boolean {
  return (
    secondsBetween(event.firstTimestamp, readySince) > 0 && secondsBetween(readySince, lastSeen(event)) > 0
  )
}

/** All in one run of every container: a restart would explain it by itself. */
function hasRunThroughout(pod: Pod, since: string | undefined): boolean {
  const mains = containersOf(pod).filter(({role}) => role === 'main')
  const starts = mains.map(({status}) => status.state?.running?.startedAt)
  return starts.length > 0 && starts.every((start) => secondsBetween(start, since) >= 0)
}

/**
 * Two signs: it became ready only just now although its containers have run for longer, and its readiness
 * probe has failed both before and since. One of them alone is a slow start, or a single bad answer.
 */
export const flapping: Rule<PodSubject> = (subject) => {
  const {pod, now, relations} = subject
  const ready = pod.status?.conditions?.find(({type}) => type === 'Ready')
  const since = ready?.lastTransitionTime
  const event = toldOf(subject, 'Unhealthy', /^Readiness probe failed/i)
  if (!isReady(pod) || isTerminating(pod) || !event || (event.count ?? 1) < OFTEN) return undefined
  const wanted = minReadySeconds(pod, relations)
  const isNew = secondsBetween(since, now) <= Math.max(wanted, SETTLED_SECONDS)
  if (!isNew || !isBothSides(event, since) || !hasRunThroughout(pod, event.firstTimestamp)) return undefined
  const whenever = wanted > 0 ? `, and each time its ${wanted}s of minReadySeconds begin anew` : ''
  return podFinding(subject, {
    id: 'ready-flapping',
    severity: 'warning',
    message: `${podText(pod)} is ready and not ready by turns: its readiness probe failed ${event.count} times, before and after it last became ready${whenever}`,
    since: event.firstTimestamp,
    evidence: [
      ...conditionEvidence(pod, 'Ready').map((text) => `${text} since ${since}`),
      ...eventEvidence(subject, event),
      `pod/${nameOf(pod)} event Unhealthy seen from ${event.firstTimestamp} to ${lastSeen(event)}`,
    ],
    selfHealing: 'no',
    remedy: look(
      [describePod(pod)],
      "see what makes it fail for a moment (load, garbage collection, a dependency), and the probe's timeoutSeconds and failureThreshold",
      'a laxer probe sends traffic to a member that can not serve',
    ),
  })
}
