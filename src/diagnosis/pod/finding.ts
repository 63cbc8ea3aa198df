import {lastSeen} from '../../model/events.ts'
import {controllerOf, type Event, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {hasCondition, isReady, isTerminal, isTerminating, restarts} from '../../model/pod.ts'
import type {Finding, Remedy, Rule, Severity} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {isJoining} from '../node-trouble.ts'
import {
  HOPELESS_PACE_SECONDS,
  HOPELESS_RESTARTS,
  MANY_RESTARTS,
  RETRIED_SECONDS,
  secondsBetween,
} from '../patience.ts'
import {quotedInProof} from '../words.ts'
import {podReference} from './reference.ts'
import type {PodSubject} from './subject.ts'

/** What is said of a Pod; what all such findings share is filled in. */
export type PodFinding = Omit<Finding, 'object' | 'since' | 'selfHealing'> &
  Partial<Pick<Finding, 'object' | 'selfHealing'>> & {readonly since: string | undefined}

export function podFinding({pod}: PodSubject, {since, ...cause}: PodFinding): Finding {
  return {object: podReference(pod), selfHealing: 'maybe', ...cause, ...(since !== undefined && {since})}
}

/** Only of a Pod that is on a node, should work there, and does not. */
export function whileUnready(rule: Rule<PodSubject>): Rule<PodSubject> {
  return (subject) => {
    const {pod} = subject
    if (isTerminating(pod) || isTerminal(pod) || isReady(pod) || !pod.spec?.nodeName) return undefined
    return rule(subject)
  }
}

/** How bad it is by now what a kubelet tries again and again: nothing yet on a node that has only just joined. */
export function severityOn(
  subject: PodSubject,
  severity: Severity,
  since = unreadySince(subject.pod),
): Severity {
  const isSettling = isJoining(subject.node, subject.now) && restarts(subject.pod) < MANY_RESTARTS
  return isSettling ? 'info' : severityWhileTried(subject, severity, since)
}

/** No error while one of its tries may still help. */
export function severityWhileTried(
  {pod, now}: PodSubject,
  severity: Severity,
  since = unreadySince(pod),
): Severity {
  const isEarly = secondsBetween(since, now) <= RETRIED_SECONDS && !isCrashingOften(pod, now)
  return severity === 'error' && isEarly ? 'warning' : severity
}

/** Restarts of weeks ago say nothing of today. */
function isCrashingOften(pod: Pod, now: string): boolean {
  const count = restarts(pod)
  const seconds = secondsBetween(pod.metadata?.creationTimestamp, now)
  return count >= HOPELESS_RESTARTS && seconds < count * HOPELESS_PACE_SECONDS
}

/** Since when the Pod is not ready. */
export function unreadySince({metadata, status}: Pod): string | undefined {
  const ready = status?.conditions?.find(({type}) => type === 'Ready')
  return ready?.lastTransitionTime ?? metadata?.creationTimestamp
}

/** Since when its kubelet has had it; where nothing dates that, since when the Pod is not ready. */
export function boundSince(pod: Pod): string | undefined {
  const scheduled = pod.status?.conditions?.find(({type}) => type === 'PodScheduled')
  return scheduled?.lastTransitionTime ?? unreadySince(pod)
}

/** The latest event about this very Pod of that reason whose message matches. */
export function toldOf({events}: PodSubject, reason: string, message = /(?:)/): Event | undefined {
  return events.find((event) => event.reason === reason && message.test(event.message ?? ''))
}

/** Last seen within so many seconds. */
export function isRecent(event: Event | undefined, now: string, seconds: number): boolean {
  return event !== undefined && secondsBetween(lastSeen(event), now) <= seconds
}

export function eventEvidence({pod}: PodSubject, event: Event | undefined): readonly string[] {
  if (!event) return []
  return [`pod/${nameOf(pod)} event ${event.reason}: ${quotedInProof(event.message ?? '')}`]
}

export function conditionEvidence(pod: Pod, type: string): readonly string[] {
  const condition = pod.status?.conditions?.find((each) => each.type === type)
  if (!condition) return []
  const reason = condition.reason ? `, reason ${condition.reason}` : ''
  return [`pod/${nameOf(pod)} condition ${type}=${condition.status ?? 'Unknown'}${reason}`]
}

/** What a component says, behind the field that holds it. */
export function saidText(text: string | undefined): string {
  const said = quotedInProof(text)
  return said && `: ${said}`
}

export function describePod(pod: Pod): string {
  return kubectl('describe', 'pod', '-n', namespaceOf(pod), nameOf(pod))
}

export function describeNode(name: string): string {
  return kubectl('describe', 'node', name)
}

/** Its holder renews it every two seconds as long as it runs. */
export const CONTROLLER_MANAGER_LEASE = kubectl(
  'get',
  'lease',
  '-n',
  'kube-system',
  'kube-controller-manager',
  '-o',
  'yaml',
)
/** Of what the controller manager removes: pods whose node is gone, or that never had one. */
export const CONTROLLER_MANAGER_FIX =
  'if the controller manager does not renew its Lease, repair it: it should have removed the Pod within a minute'

export function deletePod(pod: Pod): string {
  return kubectl('delete', 'pod', '-n', namespaceOf(pod), nameOf(pod))
}

/** What a container says, or said before it terminated last. */
export function logsOf(pod: Pod, container: string, isPrevious: boolean): string {
  return kubectl('logs', '-n', namespaceOf(pod), nameOf(pod), container, ...(isPrevious ? ['-p'] : []))
}

/** Of Kubernetes' own: an operator may call a kind of its own the same, and do otherwise. */
export function ownerKind(pod: Pod): string | undefined {
  const {apiVersion, kind} = controllerOf(pod) ?? {}
  const [group, version] = (apiVersion ?? '').split('/')
  return version === undefined || group === 'apps' ? kind : undefined
}

/** Remedy that costs nothing: to look, and what to do, in words. */
export function inspect(look: readonly string[], text: string, avoid = ''): Remedy {
  return {look, act: [{text, commands: []}], risk: '', avoid, rung: 0}
}

/** All of its main containers are ready, whatever else keeps the Pod from being so. */
export function containersReady(pod: Pod): boolean {
  return hasCondition(pod, 'ContainersReady')
}
