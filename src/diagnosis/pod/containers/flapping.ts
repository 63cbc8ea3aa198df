import {containersOf} from '../../../model/containers.ts'
import {lastSeen} from '../../../model/events.ts'
import {controllerUid, type Event, nameOf, type Pod} from '../../../model/objects.ts'
import {isReady, isTerminating} from '../../../model/pod.ts'
import type {Relations} from '../../../model/relations.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {OFTEN, SETTLED_SECONDS, secondsBetween} from '../../patience.ts'
import {conditionEvidence, describePod, eventEvidence, podFinding, toldOf} from '../finding.ts'
import type {PodSubject} from '../subject.ts'
import {EDIT_RISK} from '../template-fix.ts'

export const causes = {
  'ready-flapping': {
    title: 'Pod is ready, then not',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The `Ready` condition keeps turning within `minReadySeconds`, so the Pod never becomes available.',
    remedy: 'Find out what makes the probe fail now and then: load, timeouts, or a peer.',
    risk: `a more patient probe sends traffic to a member that can't serve; ${EDIT_RISK}`,
  },
} satisfies Causes

/** How long its owner wants it to stay ready. */
function minReadySeconds(pod: Pod, {statefulSetWith, daemonSetWith}: Relations): number {
  const uid = controllerUid(pod)
  const owner = statefulSetWith(uid) ?? daemonSetWith(uid)
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
  const whenever = wanted > 0 ? `, and each time its ${wanted}s of minReadySeconds begin again` : ''
  return podFinding(subject, {
    id: 'ready-flapping',
    severity: 'warning',
    message: `The readiness probe of ${nameOf(pod)} fails now and then (${event.count} times)${whenever}`,
    since: event.firstTimestamp,
    evidence: [
      ...conditionEvidence(pod, 'Ready').map((text) => `${text} since ${since}`),
      ...eventEvidence(subject, event),
      `pod/${nameOf(pod)} event Unhealthy seen from ${event.firstTimestamp} to ${lastSeen(event)}`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [describePod(pod)],
      act: [
        {text: 'fix what makes it fail for a moment: load, garbage collection, a dependency', commands: []},
        {
          text: "if it only answers slowly, raise the probe's timeoutSeconds or failureThreshold in the template",
          commands: [],
        },
      ],
      risk: causes['ready-flapping'].risk,
      avoid: '',
      rung: 1,
    },
  })
}
