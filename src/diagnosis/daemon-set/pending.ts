import {scaled} from '../../model/int-or-percent.ts'
import {nameOf, type Pod} from '../../model/objects.ts'
import {isTerminal} from '../../model/pod.ts'
import {kubectl} from '../command-line.ts'
import {firstCause, type Rule} from '../finding.ts'
import {podReference, podText} from '../pod.ts'
import {beforeScheduling} from '../scheduling/before-scheduling.ts'
import {pinned} from '../scheduling/pinned.ts'
import {pinnedReasons} from '../scheduling/pinned-reason.ts'
import {schedulingReason} from '../scheduling/reasons.ts'
import type {WaitingPod} from '../scheduling/waiting-pod.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {livePods, nowOf} from './parts.ts'

/** The set's own older Pod holds the port that its successor beside it wants: a surge never gets past that. */
const surgeHostPort: Rule<DaemonNodeSubject> = (subject) => {
  const {daemonSet, name} = subject
  const pod = waitingPod(subject)
  const {maxSurge} = daemonSet.spec?.updateStrategy?.rollingUpdate ?? {}
  const holder = pod && livePods(subject).find((each) => each.spec?.nodeName && sharesPort(each, pod))
  const [reason] = pod ? pinnedReasons(pod, subject.node) : []
  if (
    !pod ||
    !holder ||
    !scaled(maxSurge, 1, 'up') ||
    schedulingReason(reason ?? '')?.id !== 'sched-host-port'
  )
    return undefined
  return {
    id: 'ds-surge-hostport',
    severity: 'error',
    message: `${podText(pod)} waits for node ${name}: the set's older Pod ${nameOf(holder)} there holds its host port ${sharedPorts(holder, pod).join(', ')}, and with maxSurge it goes only after the new one is available`,
    object: podReference(pod),
    evidence: [`pod/${nameOf(pod)} ${reason}`, `daemonset/${nameOf(daemonSet)} uses maxSurge`],
    selfHealing: 'no',
    remedy: {
      commands: [unavailableInstead(subject)],
      danger: 'each node is without its Pod for the moment of its replacement',
      rung: 1,
    },
  }
}

function unavailableInstead({daemonSet}: DaemonNodeSubject): string {
  const rollingUpdate = {maxSurge: 0, maxUnavailable: 1}
  const patch = JSON.stringify({spec: {updateStrategy: {rollingUpdate}}})
  const {namespace = '', name = ''} = daemonSet.metadata ?? {}
  return kubectl('patch', 'ds', '-n', namespace, name, '-p', patch)
}

function sharesPort(holder: Pod, pod: Pod): boolean {
  return sharedPorts(holder, pod).length > 0
}

function sharedPorts(holder: Pod, pod: Pod): readonly string[] {
  const held = new Set(hostPorts(holder))
  return hostPorts(pod).filter((port) => held.has(port))
}

/** `8080/TCP`; a container on the host network has its hostPort filled in by the API server. */
function hostPorts(pod: Pod): readonly string[] {
  return (pod.spec?.containers ?? [])
    .flatMap(({ports}) => ports ?? [])
    .filter((port) => port?.hostPort)
    .map(({hostPort, protocol = 'TCP'}) => `${hostPort}/${protocol}`)
}

function waitingPod(subject: DaemonNodeSubject): Pod | undefined {
  const {state} = subject
  if (state !== 'Pending' && state !== 'Running' && state !== 'NotReady') return undefined
  return livePods(subject).find((pod) => !pod.spec?.nodeName && !isTerminal(pod))
}

const ofScheduling = firstCause<WaitingPod>([beforeScheduling, pinned])

const unscheduled: Rule<DaemonNodeSubject> = (subject) => {
  const pod = waitingPod(subject)
  return pod && ofScheduling({pod, nodeName: subject.name, node: subject.node, now: nowOf(subject)})
}

/** Why a Pod has not been bound to its node, also where an older one of a surge still runs there. */
export const pending: Rule<DaemonNodeSubject> = firstCause([surgeHostPort, unscheduled])
