import {containersOf, lastEnd, type PodContainer, probeSeconds} from '../../model/containers.ts'
import type {Pod} from '../../model/objects.ts'
import {isReady, waitsForGate} from '../../model/pod.ts'
import {GIVING_UP_SECONDS, PROBE_SLACK_SECONDS, STARTING_SECONDS, secondsBetween} from '../patience.ts'
import {unreadySince} from '../pod/finding.ts'

/**
 * Whether a Pod is kept back by nothing but that its containers do not become ready: each of those runs for longer than its
 * probes need, or has given up after a while and was restarted. One that falls over at once waits for nobody.
 */
export function runsUnready(pod: Pod, now: string): boolean {
  const failing = failingContainers(pod)
  if (pod.status?.phase !== 'Running' || isReady(pod) || waitsForGate(pod)) return false
  const since = unreadySince(pod)
  return failing.length > 0 && failing.every((each) => runsLong(each, since, now) || gaveUp(each, since))
}

/** What Pods that fail for the same reason have in common: which containers, and how they ended. */
export function failureOf(pod: Pod): string {
  return failingContainers(pod)
    .map((each) => [each.name, lastEnd(each)?.reason, lastEnd(each)?.exitCode].join(' '))
    .join(', ')
}

/** `container main runs since …, ran from … to … before, restarts 1, condition Ready=False`. */
export function runningText(pod: Pod): string {
  const [first] = failingContainers(pod)
  if (!first) return 'condition Ready=False'
  const {state, restartCount = 0} = first.status
  const end = lastEnd(first)
  const runs = state?.running?.startedAt ? ` runs since ${state.running.startedAt},` : ''
  const ran = end?.startedAt && end.finishedAt ? ` ran from ${end.startedAt} to ${end.finishedAt},` : ''
  return `container ${first.name}${runs}${ran} restarts ${restartCount}, condition Ready=False`
}

function failingContainers(pod: Pod): readonly PodContainer[] {
  return containersOf(pod).filter(({role, status}) => role !== 'init' && !status.ready)
}

/** For longer than its probes need; one that has been ready in this run has to fail for as long. */
function runsLong({spec, status}: PodContainer, since: string | undefined, now: string): boolean {
  const probes = [spec?.readinessProbe, spec?.startupProbe].map(probeSeconds)
  const patience = Math.max(STARTING_SECONDS, ...probes) + PROBE_SLACK_SECONDS
  const startedAt = status.state?.running?.startedAt
  return [startedAt, since].every((time) => secondsBetween(time, now) > patience)
}

/** After a run in which it was never ready. Memory that ran out has a cause of its own. */
function gaveUp(container: PodContainer, since: string | undefined): boolean {
  const {reason, startedAt, finishedAt} = lastEnd(container) ?? {}
  const isUnreadyRun = secondsBetween(since, startedAt) >= 0
  return reason !== 'OOMKilled' && isUnreadyRun && secondsBetween(startedAt, finishedAt) > GIVING_UP_SECONDS
}
