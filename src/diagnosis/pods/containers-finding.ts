import {controllerUid, type Event, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {hasCondition, isReady, isTerminal, isTerminating, restarts} from '../../model/pod.ts'
import {kubectl} from '../command-line.ts'
import {isJoining, secondsBetween} from '../elapsed.ts'
import type {Finding, Rule, Severity} from '../finding.ts'
import {podReference} from '../pod.ts'
import {MANY_RESTARTS} from '../pod-trouble.ts'
import {quoted} from '../quoted.ts'
import {lastSeen, type PodSubject} from './subject.ts'

/** What is said of a Pod; what all such findings share is filled in. */
export type Cause = Omit<Finding, 'object' | 'since' | 'selfHealing'> &
  Partial<Pick<Finding, 'object' | 'selfHealing'>> & {readonly since: string | undefined}

export function podFinding({pod}: PodSubject, {since, ...cause}: Cause): Finding {
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

/** On a node that has only just joined, plugins and network are still coming up. */
export function severityOn({node, pod, now}: PodSubject, severity: Severity): Severity {
  return isJoining(node, now) && restarts(pod) < MANY_RESTARTS ? 'info' : severity
}

/** Since when the Pod is not ready. */
export function unreadySince({metadata, status}: Pod): string | undefined {
  const ready = status?.conditions?.find(({type}) => type === 'Ready')
  return ready?.lastTransitionTime ?? metadata?.creationTimestamp
}

/** Since when its kubelet has had it. */
export function boundSince({metadata, status}: Pod): string | undefined {
  const scheduled = status?.conditions?.find(({type}) => type === 'PodScheduled')
  return scheduled?.lastTransitionTime ?? metadata?.creationTimestamp
}

/** Events about this very Pod: a StatefulSet's next Pod has the name of the one before. */
export function ownEvents({pod, events}: PodSubject): readonly Event[] {
  const uid = pod.metadata?.uid
  return events.filter(({involvedObject}) => !uid || !involvedObject?.uid || involvedObject.uid === uid)
}

/** The latest event about this very Pod of that reason whose message matches. */
export function toldOf(subject: PodSubject, reason: string, message = /(?:)/): Event | undefined {
  return ownEvents(subject).find((event) => event.reason === reason && message.test(event.message ?? ''))
}

/** Last seen within so many seconds. */
export function isRecent(event: Event | undefined, now: string, seconds: number): boolean {
  return event !== undefined && secondsBetween(lastSeen(event), now) <= seconds
}

export function eventEvidence({pod}: PodSubject, event: Event | undefined): readonly string[] {
  if (!event) return []
  return [`pod/${nameOf(pod)} event ${event.reason}: ${quoted(event.message ?? '')}`]
}

export function conditionEvidence(pod: Pod, type: string): readonly string[] {
  const condition = pod.status?.conditions?.find((each) => each.type === type)
  if (!condition) return []
  const reason = condition.reason ? `, reason ${condition.reason}` : ''
  return [`pod/${nameOf(pod)} condition ${type}=${condition.status ?? 'Unknown'}${reason}`]
}

/** `: <what the cluster says>`, or nothing. */
export function saying(text: string | undefined): string {
  return text ? `: ${quoted(text).replace(/\.$/, '')}` : ''
}

export function describePod(pod: Pod): string {
  return kubectl('describe', 'pod', '-n', namespaceOf(pod), nameOf(pod))
}

/** What a container says, or said before it ended last. */
export function logsOf(pod: Pod, container: string, isPrevious: boolean): string {
  return kubectl('logs', '-n', namespaceOf(pod), nameOf(pod), container, ...(isPrevious ? ['-p'] : []))
}

export function ownerKind({metadata}: Pod): string | undefined {
  return metadata?.ownerReferences?.find(({controller}) => controller === true)?.kind
}

/** Where a mended template alone does not replace a Pod that is not ready (kubernetes#67250). */
export function afterEdit({pod, relations}: PodSubject): string {
  if (ownerKind(pod) !== 'StatefulSet') return ''
  const set = relations.snapshot.statefulSets.find(({metadata}) => metadata?.uid === controllerUid(pod))
  if (set?.spec?.podManagementPolicy === 'Parallel') return ''
  return '; after an edit of the template this Pod may have to be deleted (kubernetes#67250)'
}

/** What looking costs: nothing. */
export function look(
  commands: readonly string[],
  advice: string,
  danger = '',
): NonNullable<Finding['remedy']> {
  return {commands, advice, danger, rung: 0}
}

/** All of its main containers are ready, whatever else keeps the Pod from being so. */
export function containersReady(pod: Pod): boolean {
  return hasCondition(pod, 'ContainersReady')
}
