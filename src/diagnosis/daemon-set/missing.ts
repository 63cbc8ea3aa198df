import {type Event, nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {createCause, refusalText} from '../create/failed-create.ts'
import {secondsBetween} from '../elapsed.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {quoted} from '../quoted.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {isAbandoned, nowOf, setReference, setText} from './parts.ts'

/** The controller needs some seconds for a node that has just joined, and between two steps of a rollout. */
const PATIENCE_SECONDS = 30

const refused: Rule<DaemonNodeSubject> = (subject) => {
  const event = latest(eventsOf(subject, 'FailedCreate'))
  const text = refusalText(event?.message ?? '')
  if (!event || text === undefined || isPast(subject, event)) return undefined
  const namespace = namespaceOf(subject.daemonSet)
  const cause = createCause(text, namespace) ?? {
    id: 'ds-create-failed',
    severity: 'error',
    selfHealing: 'maybe',
    remedy: look(subject, 'the API server refuses the Pod: the text says why'),
  }
  const since = event.firstTimestamp ?? event.metadata?.creationTimestamp
  return {
    ...cause,
    message: `Node ${subject.name} has no Pod of ${setText(subject.daemonSet)}: ${quoted(text)}`,
    object: setReference(subject.daemonSet),
    ...(since && {since}),
    evidence: [`event FailedCreate ×${event.count ?? 1} on daemonset/${nameOf(subject.daemonSet)}`],
  }
}

/** A refusal is over when a Pod was made after it, and says nothing of a node that joined after it. */
function isPast(subject: DaemonNodeSubject, event: Event): boolean {
  const created = latest(eventsOf(subject, 'SuccessfulCreate'))
  const [failedAt, createdAt] = [timeOf(event), created ? timeOf(created) : undefined]
  return (
    secondsBetween(failedAt, createdAt) > 0 ||
    secondsBetween(failedAt, subject.node?.metadata?.creationTimestamp) > 0
  )
}

const justJoined: Rule<DaemonNodeSubject> = (subject) => {
  const joined = subject.node?.metadata?.creationTimestamp
  if (!(secondsBetween(joined, nowOf(subject)) < PATIENCE_SECONDS)) return undefined
  return onItsWay(subject, 'has just joined', `node/${subject.name} metadata.creationTimestamp=${joined}`)
}

const setIsNew: Rule<DaemonNodeSubject> = (subject) => {
  const made = subject.daemonSet.metadata?.creationTimestamp
  if (!(secondsBetween(made, nowOf(subject)) < PATIENCE_SECONDS)) return undefined
  const evidence = `daemonset/${nameOf(subject.daemonSet)} metadata.creationTimestamp=${made}`
  return onItsWay(subject, 'has no Pod of the set yet, which has just been made', evidence)
}

/** The controller has acted on the set within seconds: it is between two steps. */
const atWork: Rule<DaemonNodeSubject> = (subject) => {
  const event = latest([...eventsOf(subject, 'SuccessfulCreate'), ...eventsOf(subject, 'SuccessfulDelete')])
  if (!event || !(secondsBetween(timeOf(event), nowOf(subject)) < PATIENCE_SECONDS)) return undefined
  const evidence = `event ${event.reason} on daemonset/${nameOf(subject.daemonSet)} at ${timeOf(event)}`
  return onItsWay(subject, 'has no Pod of the set yet', evidence)
}

function onItsWay({name, daemonSet}: DaemonNodeSubject, what: string, evidence: string): Finding {
  return {
    id: 'ds-node-missing-pod',
    severity: 'info',
    message: `Node ${name} ${what}: the Pod of ${setText(daemonSet)} is on its way`,
    object: setReference(daemonSet),
    evidence: [evidence],
    selfHealing: 'yes',
    remedy: null,
  }
}

/** What is left: nothing tells why. */
const nobodyKnows: Rule<DaemonNodeSubject> = (subject) => {
  const {name, daemonSet, budget} = subject
  const [seen, wanted] = [daemonSet.status?.observedGeneration ?? 0, daemonSet.metadata?.generation ?? 0]
  const isRolling = budget?.ledger.some(({why}) => why === 'candidate') ?? false
  const isBehind = seen < wanted
  return {
    id: 'ds-node-missing-pod',
    severity: isBehind || isRolling ? 'warning' : 'error',
    message: `Node ${name} should run a Pod of ${setText(daemonSet)} and has none${isBehind ? `: the controller has not observed generation ${wanted} yet (it is at ${seen})` : `, and ${silence(subject)}`}`,
    object: setReference(daemonSet),
    evidence: [`node/${name} is eligible, and no Pod of the set is for it`],
    selfHealing: 'maybe',
    remedy: look(subject, 'does the controller manager run, and what does its log say of the set?'),
  }
}

function silence({relations}: DaemonNodeSubject): string {
  return relations.sees('events') ? 'no event says why' : 'its events could not be read'
}

function look({daemonSet}: DaemonNodeSubject, advice: string): Finding['remedy'] {
  const command = kubectl('describe', 'ds', '-n', namespaceOf(daemonSet), nameOf(daemonSet))
  return {commands: [command], advice, danger: '', rung: 0}
}

function eventsOf({daemonSet, relations}: DaemonNodeSubject, reason: string): readonly Event[] {
  return relations
    .eventsOf('DaemonSet', namespaceOf(daemonSet), nameOf(daemonSet))
    .filter((event) => event.reason === reason)
}

function latest(events: readonly Event[]): Event | undefined {
  return events.toSorted((left, right) => (timeOf(left) < timeOf(right) ? 1 : -1))[0]
}

function timeOf({lastTimestamp, firstTimestamp, metadata}: Event): string {
  return lastTimestamp ?? firstTimestamp ?? metadata?.creationTimestamp ?? ''
}

const causes = firstCause([refused, justJoined, setIsNew, atWork, nobodyKnows])

/** Why a node that should run a Pod has none. */
export const missing: Rule<DaemonNodeSubject> = (subject) =>
  subject.state === 'Missing' && !isAbandoned(subject.daemonSet) ? causes(subject) : undefined
