import {containersOf, type PodContainer, probeSeconds} from '../../../model/containers.ts'
import {nameOf, type Pod} from '../../../model/objects.ts'
import {waitsForGate} from '../../../model/pod.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {STARTING_SECONDS, secondsBetween} from '../../patience.ts'
import {capitalised, fewText} from '../../words.ts'
import {
  conditionEvidence,
  containersReady,
  describePod,
  eventEvidence,
  inspect,
  logsOf,
  podFinding,
  saidText,
  toldOf,
  unreadySince,
  whileUnready,
} from '../finding.ts'
import {containerOf} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {flapping} from './flapping.ts'
import {lasting, quiet, starting} from './not-started.ts'

const LAXER = "relax the probe to get past this: traffic then goes to a member that can't serve"

export const causes = {
  'readiness-failing': {
    title: 'readiness probe fails',
    noteTitle: 'not ready yet',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The containers run without restarts, and `Ready` is `False` with `containers with unready status`. Events may say `Readiness probe failed:`.',
    remedy:
      'Read the log of the container, and ask its probe by hand. If it waits for peers, see the Service and the ordinals below it.',
    avoid: LAXER,
  },
  'readiness-gate': {
    title: 'readiness gate is not met',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'All containers are ready, and `Ready` is `False` with `ReadinessGatesNotReady`: somebody else has to set a condition, and has not.',
    remedy: 'Look at the controller that sets the condition, mostly that of a load balancer.',
  },
} satisfies Causes

const READINESS_FAILING = 'readiness-failing' satisfies keyof typeof causes

function readyMessage({status}: Pod): string | undefined {
  return status?.conditions?.find(({type}) => type === 'Ready')?.message
}

/** Its containers are ready: somebody else has not said that the Pod may be. */
const gate: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  if (!waitsForGate(pod) || !containersReady(pod)) return undefined
  const since = pod.status?.conditions?.find(({type}) => type === 'ContainersReady')?.lastTransitionTime
  const isNew = secondsBetween(since, now) <= STARTING_SECONDS
  return podFinding(subject, {
    id: 'readiness-gate',
    severity: isNew ? 'info' : lasting(subject),
    message: `${gateText(pod)} of ${nameOf(pod)} is not met, and all its containers are ready`,
    since: since ?? unreadySince(pod),
    evidence: [
      ...conditionEvidence(pod, 'ContainersReady'),
      ...conditionEvidence(pod, 'Ready').map((text) => text + saidText(readyMessage(pod))),
    ],
    remedy: inspect(
      [describePod(pod)],
      'fix the controller that sets that condition, mostly that of a load balancer, or what it finds unhealthy',
    ),
  })
}

/** `Readiness gate target-health` of those that are named and not met. */
function gateText({spec, status}: Pod): string {
  const gates = (spec?.readinessGates ?? []).map(({conditionType}) => conditionType)
  const isMet = (gate: string) =>
    status?.conditions?.some(({type, status: is}) => type === gate && is === 'True')
  const unmet = gates.filter((gate) => !isMet(gate))
  return unmet.length > 0 ? `Readiness gate ${fewText(unmet)}` : 'A readiness gate'
}

/** Its readiness probe may fail so often. */
function patienceOf({spec}: PodContainer): number {
  return Math.max(STARTING_SECONDS, probeSeconds(spec?.readinessProbe))
}

/** It runs, and does not answer its readiness probe; one that is still in its startup is not asked. */
const failing: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const found = containersOf(pod).find(
    ({role, status}) => role === 'main' && status.state?.running && !status.ready && status.started !== false,
  )
  if (!found) return undefined
  const startedAt = found.status.state?.running?.startedAt
  const isStarting = !(secondsBetween(startedAt ?? unreadySince(pod), now) > patienceOf(found))
  const event = toldOf(subject, 'Unhealthy', /^Readiness probe (?:failed|errored)/i)
  return podFinding(subject, {
    id: READINESS_FAILING,
    severity: isStarting ? 'info' : lasting(subject),
    message: capitalised(
      `${event ? 'readiness probe fails: ' : ''}${containerOf(found, pod)} runs and is not ready`,
    ),
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} container ${found.name} ready=false, state.running${startedAt ? ` since ${startedAt}` : ''}`,
      ...conditionEvidence(pod, 'Ready'),
      ...eventEvidence(subject, event),
    ],
    remedy: inspect(
      [logsOf(pod, found.name, false), describePod(pod)],
      'provide what it waits for, as its log says: a member may need others of its set, or its data, before it can serve',
      LAXER,
    ),
  })
}

/** What is left where nothing fails: the Pod is not ready, or does not stay so. */
export const readiness: Rule<PodSubject> = firstCause([
  whileUnready(firstCause([gate, failing, starting, quiet])),
  flapping,
])
