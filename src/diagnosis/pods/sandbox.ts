import {nameOf} from '../../model/objects.ts'
import {hasCondition} from '../../model/pod.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import {firstCause, type Rule} from '../finding.ts'
import {networkTrouble} from '../node-trouble.ts'
import {podText} from '../pod.ts'
import {hasNotStarted} from './containers-facts.ts'
import {
  boundSince,
  conditionEvidence,
  describePod,
  eventEvidence,
  isRecent,
  look,
  ownEvents,
  podFinding,
  saying,
  severityOn,
  toldOf,
  whileUnready,
} from './containers-finding.ts'
import {sandboxTrouble} from './sandbox-text.ts'
import {lastSeen, type PodSubject} from './subject.ts'

/** The kubelet tries again within minutes: what it has not said for so long is over. */
const RECENT_SECONDS = 600
/** Right after a Pod is bound a network that still comes up is no news. */
const STARTING_SECONDS = 60

const BEYOND = ['Pulling', 'Pulled', 'Created', 'Started']
const READY = ['PodReadyToStartContainers', 'PodHasNetwork']

/** An event of that reason, and nothing since of what comes after a sandbox. */
function stillTold(subject: PodSubject, reason: string) {
  const event = toldOf(subject, reason)
  const later = ownEvents(subject).find((each) => BEYOND.includes(each.reason ?? ''))
  if (!event || !isRecent(event, subject.now, RECENT_SECONDS)) return undefined
  return later && lastSeen(later) > lastSeen(event) ? undefined : event
}

function severity(subject: PodSubject) {
  const isStarting = !(secondsBetween(boundSince(subject.pod), subject.now) > STARTING_SECONDS)
  return isStarting ? 'info' : severityOn(subject, 'error')
}

function nodeAndPod({pod}: PodSubject): readonly string[] {
  return [describePod(pod), kubectl('describe', 'node', pod.spec?.nodeName ?? '')]
}

/** A Pod on the host's own network does not wait for any other. */
const networkNotReady: Rule<PodSubject> = (subject) => {
  const {pod, node} = subject
  const event = stillTold(subject, 'NetworkNotReady')
  const trouble = networkTrouble(node)
  if (pod.spec?.hostNetwork || (!event && !trouble)) return undefined
  const text = trouble?.text ?? `is not ready for Pods (${saying(event?.message).slice(2)})`
  return podFinding(subject, {
    id: 'network-not-ready',
    severity: severity(subject),
    message: `Node ${pod.spec?.nodeName} ${text}: ${podText(pod)} can't start there`,
    object: {kind: 'Node', name: pod.spec?.nodeName ?? ''},
    since: trouble?.since ?? boundSince(pod),
    evidence: [...(trouble ? [trouble.evidence] : []), ...eventEvidence(subject, event)],
    remedy: look(nodeAndPod(subject), "look at the network plugin's own DaemonSet on that node"),
  })
}

/** Until its sandbox is there no container can start, and no image is pulled. */
const createFailed: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const event = stillTold(subject, 'FailedCreatePodSandBox')
  const hasSandbox = READY.some((type) => hasCondition(pod, type))
  if (!event || hasSandbox || !hasNotStarted(pod)) return undefined
  const trouble = sandboxTrouble(event.message ?? '')
  return podFinding(subject, {
    id: 'sandbox-create-failed',
    severity: severity(subject),
    message: `${podText(pod)} gets no sandbox on node ${pod.spec?.nodeName} (${trouble.text}${saying(event.message)})`,
    since: boundSince(pod),
    evidence: [
      ...READY.flatMap((type) => conditionEvidence(pod, type)),
      `pod/${nameOf(pod)} has not started a container`,
      ...eventEvidence(subject, event),
    ],
    remedy: look(nodeAndPod(subject), trouble.advice),
  })
}

const OFTEN = 3

/** Its containers start, and again and again all of them are thrown away with the sandbox. */
const changedLoop: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const event = toldOf(subject, 'SandboxChanged')
  if (!isRecent(event, subject.now, RECENT_SECONDS) || (event?.count ?? 1) < OFTEN) return undefined
  return podFinding(subject, {
    id: 'sandbox-changed-loop',
    severity: severityOn(subject, 'warning'),
    message: `${podText(pod)} loses its sandbox again and again on node ${pod.spec?.nodeName} (${event?.count} times), and its containers with it`,
    since: event?.firstTimestamp ?? boundSince(pod),
    evidence: eventEvidence(subject, event),
    remedy: look(
      nodeAndPod(subject),
      "look at that node's runtime, its cgroup driver and its network plugin",
    ),
  })
}

/** What keeps a Pod from the ground that its containers stand on. */
export const sandbox: Rule<PodSubject> = whileUnready(
  firstCause([networkNotReady, createFailed, changedLoop]),
)
