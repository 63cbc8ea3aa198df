import {hasNotStarted} from '../../../model/containers.ts'
import {lastSeen} from '../../../model/events.ts'
import {nameOf} from '../../../model/objects.ts'
import {hasCondition} from '../../../model/pod.ts'
import {agentText} from '../../agent-place.ts'
import type {Causes} from '../../cause.ts'
import {type Finding, firstCause, type Rule} from '../../finding.ts'
import {type NetworkAgent, networkAgent} from '../../node/network-agent.ts'
import {networkTrouble} from '../../node-trouble.ts'
import {LAST_TOLD_SECONDS, OFTEN, STARTING_SECONDS, secondsBetween} from '../../patience.ts'
import {
  boundSince,
  conditionEvidence,
  describeNode,
  describePod,
  eventEvidence,
  inspect,
  isRecent,
  podFinding,
  severityOn,
  toldOf,
  whileUnready,
} from '../finding.ts'
import type {PodSubject} from '../subject.ts'
import {sandboxTrouble} from './sandbox-text.ts'

export const causes = {
  'sandbox-create-failed': {
    title: "Pod sandbox can't be created",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'An event says `FailedCreatePodSandBox`, and the condition `PodReadyToStartContainers` is `False`. Mostly the network plugin: it is down, or out of addresses. Up to 1.35 the condition is also `False` while images are pulled.',
    remedy: "Look at the network plugin's Pod on that node first.",
  },
  'network-not-ready': {
    title: "node's network is not ready",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'An event `NetworkNotReady` says `network is not ready:`. The node has no working network plugin.',
    remedy: "Look at the network plugin's Pod on that node, and at its condition `NetworkUnavailable`.",
  },
  'sandbox-changed-loop': {
    title: 'sandbox is created again and again',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`SandboxChanged` comes again and again: the sandbox of the Pod dies, and all containers start again with it.',
    remedy: 'Look at the container runtime, at cgroups and at the network plugin of that node.',
  },
} satisfies Causes

export const NETWORK_NOT_READY = 'network-not-ready' satisfies keyof typeof causes

const BEYOND = ['Pulling', 'Pulled', 'Created', 'Started']
const READY = ['PodReadyToStartContainers', 'PodHasNetwork']

/** An event of that reason, and nothing since of what comes after a sandbox. */
function stillTold(subject: PodSubject, reason: string) {
  const event = toldOf(subject, reason)
  const later = subject.events.find((each) => BEYOND.includes(each.reason ?? ''))
  if (!event || !isRecent(event, subject.now, LAST_TOLD_SECONDS)) return undefined
  return later && lastSeen(later) > lastSeen(event) ? undefined : event
}

function severity(subject: PodSubject) {
  const isStarting = !(secondsBetween(boundSince(subject.pod), subject.now) > STARTING_SECONDS)
  return isStarting ? 'info' : severityOn(subject, 'error')
}

function nodeAndPod({pod}: PodSubject): readonly string[] {
  return [describePod(pod), describeNode(pod.spec?.nodeName ?? '')]
}

interface AgentWords extends Pick<NetworkAgent, 'evidence' | 'commands'> {
  /** As a sentence goes on with it. */
  readonly text: string
  readonly advice: string | undefined
  readonly blames: Pick<Finding, 'blames'>
}

const NO_AGENT: AgentWords = {text: '', evidence: [], commands: [], advice: undefined, blames: {}}

/** What is wrong with the network plugin on the Pod's node; nothing where it is ready there, or not known. */
function agentOf({pod, relations}: PodSubject): AgentWords {
  const agent = networkAgent(pod.spec?.nodeName ?? '', relations)
  if (!agent || agent.isWell) return NO_AGENT
  const {set, text, evidence, commands, advice, blames} = agent
  const whose = `; its network plugin, ${agentText(set)}, ${text}`
  return {text: whose, evidence, commands, advice, blames: {blames}}
}

/** A Pod on the host's own network does not wait for any other. */
const networkNotReady: Rule<PodSubject> = (subject) => {
  const {pod, node} = subject
  const event = stillTold(subject, 'NetworkNotReady')
  const trouble = networkTrouble(node)
  if (pod.spec?.hostNetwork || (!event && !trouble)) return undefined
  const agent = agentOf(subject)
  const text = trouble?.text ?? 'has no network that is ready for Pods'
  return podFinding(subject, {
    id: 'network-not-ready',
    severity: severity(subject),
    message: `Node ${pod.spec?.nodeName} ${text}, so ${nameOf(pod)} can't start there${agent.text}`,
    ...agent.blames,
    object: {kind: 'Node', name: pod.spec?.nodeName ?? ''},
    since: trouble?.since ?? boundSince(pod),
    evidence: [...(trouble ? [trouble.evidence] : []), ...eventEvidence(subject, event), ...agent.evidence],
    remedy: inspect(
      [...nodeAndPod(subject), ...agent.commands],
      agent.advice ?? "fix the network plugin's own DaemonSet on that node",
    ),
  })
}

/** Until its sandbox is there no container can start, and no image is pulled. */
const createFailed: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const event = stillTold(subject, 'FailedCreatePodSandBox')
  const hasSandbox = READY.some((type) => hasCondition(pod, type))
  if (!event || hasSandbox || !hasNotStarted(pod)) return undefined
  const trouble = sandboxTrouble(event.message ?? '')
  const agent = trouble.isAboutPlugin ? agentOf(subject) : NO_AGENT
  return podFinding(subject, {
    id: 'sandbox-create-failed',
    severity: severity(subject),
    message: `${trouble.text}, so ${nameOf(pod)} gets no sandbox on node ${pod.spec?.nodeName}${agent.text}`,
    ...agent.blames,
    since: boundSince(pod),
    evidence: [
      ...READY.flatMap((type) => conditionEvidence(pod, type)),
      `pod/${nameOf(pod)} has not started a container`,
      ...eventEvidence(subject, event),
      ...agent.evidence,
    ],
    remedy: inspect([...nodeAndPod(subject), ...agent.commands], agent.advice ?? trouble.advice),
  })
}

/** Its containers start, and again and again all of them are thrown away with the sandbox. */
const changedLoop: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const event = toldOf(subject, 'SandboxChanged')
  if (!isRecent(event, subject.now, LAST_TOLD_SECONDS) || (event?.count ?? 1) < OFTEN) return undefined
  return podFinding(subject, {
    id: 'sandbox-changed-loop',
    severity: severityOn(subject, 'warning'),
    message: `The sandbox of ${nameOf(pod)} is lost again and again on node ${pod.spec?.nodeName} (${event?.count} times), and its containers with it`,
    since: event?.firstTimestamp ?? boundSince(pod),
    evidence: eventEvidence(subject, event),
    remedy: inspect(
      nodeAndPod(subject),
      "fix that node's runtime, its cgroup driver or its network plugin: one of them throws the sandbox away",
    ),
  })
}

/** What keeps a Pod from the ground that its containers stand on. */
export const sandbox: Rule<PodSubject> = whileUnready(
  firstCause([networkNotReady, createFailed, changedLoop]),
)
