import {lastSeen, latestOf} from '../../model/events.ts'
import {type Event, nameOf, namespaceOf} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import {createCause, refusalText, refusedBecause} from '../creation/failed-create.ts'
import {refusalWords} from '../creation/refusal-words.ts'
import {unknownCause} from '../creation/unknown.ts'
import {webhookTrouble} from '../creation/webhook-pods.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {CONTROLLER_SECONDS, secondsBetween} from '../patience.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {applicant, isAbandoned, nowOf, setReference, setText} from './words.ts'

export const causes = {
  'ds-node-missing-pod': {
    title: 'node lacks its Pod',
    applies: ['DaemonSet'],
    sign: 'A node should run a Pod and has none. The API server refuses the Pod, or the controller waits or does not run.',
    remedy: 'Look for `FailedCreate` on the DaemonSet, then at kube-controller-manager.',
  },
} satisfies Causes

const refused: Rule<DaemonNodeSubject> = (subject) => {
  const event = latest(subject, 'FailedCreate')
  const text = refusalText(event?.message ?? '')
  if (!event || text === undefined || isPast(subject, event)) return undefined
  const namespace = namespaceOf(subject.daemonSet)
  const cause =
    createCause(text, namespace, subject.daemonSet.spec?.template) ??
    unknownCause('DaemonSet', inspectSet(subject))
  const since = event.firstTimestamp ?? event.metadata?.creationTimestamp
  const webhook = webhookTrouble(text, applicant(subject.daemonSet), subject.relations)
  return {
    ...cause,
    ...(webhook && {remedy: webhook.remedy, blames: webhook.blames}),
    message: `${refusedBecause(text)}: node ${subject.name} has no Pod of ${setText(subject.daemonSet)}${webhook?.text ?? ''}`,
    object: setReference(subject.daemonSet),
    ...(since && {since}),
    evidence: [
      `event FailedCreate ×${event.count ?? 1} on daemonset/${nameOf(subject.daemonSet)}: ${refusalWords(text)}`,
      ...(webhook?.evidence ?? []),
    ],
  }
}

/** A refusal is over when a Pod was created after it, and says nothing of a node that joined after it. */
function isPast(subject: DaemonNodeSubject, event: Event): boolean {
  const created = latest(subject, 'SuccessfulCreate')
  const [failedAt, createdAt] = [lastSeen(event), created ? lastSeen(created) : undefined]
  return (
    secondsBetween(failedAt, createdAt) > 0 ||
    secondsBetween(failedAt, subject.node?.metadata?.creationTimestamp) > 0
  )
}

const justJoined: Rule<DaemonNodeSubject> = (subject) => {
  const joined = subject.node?.metadata?.creationTimestamp
  if (!(secondsBetween(joined, nowOf(subject)) < CONTROLLER_SECONDS)) return undefined
  return onItsWay(subject, 'has just joined', `node/${subject.name} metadata.creationTimestamp=${joined}`)
}

const setIsNew: Rule<DaemonNodeSubject> = (subject) => {
  const created = subject.daemonSet.metadata?.creationTimestamp
  if (!(secondsBetween(created, nowOf(subject)) < CONTROLLER_SECONDS)) return undefined
  const evidence = `daemonset/${nameOf(subject.daemonSet)} metadata.creationTimestamp=${created}`
  return onItsWay(subject, 'has no Pod of a set that has just been created', evidence)
}

/** The controller has acted on the set within seconds: it is between two steps. */
const atWork: Rule<DaemonNodeSubject> = (subject) => {
  const event = latest(subject, 'SuccessfulCreate', 'SuccessfulDelete')
  if (!event || !(secondsBetween(lastSeen(event), nowOf(subject)) < CONTROLLER_SECONDS)) return undefined
  const evidence = `event ${event.reason} on daemonset/${nameOf(subject.daemonSet)} at ${lastSeen(event)}`
  return onItsWay(subject, 'has no Pod of the set yet', evidence)
}

function onItsWay({name, daemonSet}: DaemonNodeSubject, what: string, evidence: string): Finding {
  return {
    id: 'ds-node-missing-pod',
    severity: 'info',
    message: `Node ${name} ${what}: the Pod of ${setText(daemonSet)} is being created`,
    object: setReference(daemonSet),
    evidence: [evidence],
    selfHealing: 'yes',
    remedy: null,
  }
}

/** What is left: nothing tells why. */
const nobodyKnows: Rule<DaemonNodeSubject> = (subject) => {
  const {name, daemonSet, budget, relations} = subject
  const [seen, wanted] = [daemonSet.status?.observedGeneration ?? 0, daemonSet.metadata?.generation ?? 0]
  const hasCandidate = () => budget?.ledger.some(({why}) => why === 'candidate')
  const isRolling = budget ? relations.once('hasCandidate', budget, hasCandidate) : false
  const isBehind = seen < wanted
  return {
    id: 'ds-node-missing-pod',
    severity: isBehind || isRolling ? 'warning' : 'error',
    message: `Node ${name} should run a Pod of ${setText(daemonSet)} and has none: ${isBehind ? `the controller is still at generation ${seen}, not ${wanted}` : silence(subject)}`,
    object: setReference(daemonSet),
    evidence: [`node/${name} is eligible, and no Pod of the set is for it`],
    selfHealing: 'maybe',
    remedy: {
      look: [inspectSet(subject)],
      act: [
        {text: 'see whether kube-controller-manager runs, and what its log says about the set', commands: []},
      ],
      risk: '',
      avoid: '',
      rung: 0,
    },
  }
}

function silence({relations}: DaemonNodeSubject): string {
  return relations.sees('events') ? 'no event says why' : 'its events could not be read'
}

function inspectSet({daemonSet}: DaemonNodeSubject): string {
  return kubectl('describe', 'ds', '-n', namespaceOf(daemonSet), nameOf(daemonSet))
}

/** The same for all of the set's nodes. */
function latest({daemonSet, relations}: DaemonNodeSubject, ...reasons: readonly string[]): Event | undefined {
  return relations.once(`latest ${reasons}`, daemonSet, () =>
    latestOf(relations.eventsOf('DaemonSet', namespaceOf(daemonSet), nameOf(daemonSet)), ...reasons),
  )
}

const rules = firstCause([refused, justJoined, setIsNew, atWork, nobodyKnows])

/** Why a node that should run a Pod has none. */
export const missing: Rule<DaemonNodeSubject> = (subject) => {
  const {state, daemonSet, name} = subject
  const finding = state === 'Missing' && !isAbandoned(daemonSet) ? rules(subject) : undefined
  return finding && {...finding, blames: [{kind: 'Node', name}, ...(finding.blames ?? [])]}
}
