import {scaled} from '../../model/int-or-percent.ts'
import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isTerminal} from '../../model/pod.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {podReference} from '../pod/reference.ts'
import {pinnedReasons} from '../pod/scheduling/pinned-reason.ts'
import {schedulingReason} from '../pod/scheduling/reasons.ts'
import {HOST_PORT} from '../pod/scheduling/reasons-room.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {livePods} from './words.ts'

export const causes = {
  'ds-surge-hostport': {
    title: 'surge and host port collide',
    applies: ['DaemonSet'],
    sign: "With `maxSurge` the new Pod starts beside the old one, and both want the same host port: it waits with `didn't have free ports`. The old one is deleted only after the new one is available.",
    remedy: 'Set `maxSurge` to 0 and `maxUnavailable` to 1.',
    risk: 'each node is without its Pod while it is replaced',
    covers: [HOST_PORT],
  },
} satisfies Causes

/** The set's own older Pod holds the port that its successor beside it wants: a surge never gets past that. */
export const surgeHostPort: Rule<DaemonNodeSubject> = (subject) => {
  const {daemonSet, name} = subject
  const pod = waitingPod(subject)
  const {maxSurge} = daemonSet.spec?.updateStrategy?.rollingUpdate ?? {}
  const holder = pod && livePods(subject).find((each) => each.spec?.nodeName && sharesPort(each, pod))
  const [reason] = pod ? pinnedReasons(pod, subject.node) : []
  if (!pod || !holder || !scaled(maxSurge, 1, 'up') || schedulingReason(reason ?? '')?.id !== HOST_PORT)
    return undefined
  return {
    id: 'ds-surge-hostport',
    severity: 'error',
    message: `The old Pod ${nameOf(holder)} on node ${name} holds ${portsText(sharedPorts(holder, pod))}, and maxSurge keeps it until the new Pod ${nameOf(pod)} is available`,
    object: podReference(pod),
    evidence: [
      `pod/${nameOf(pod)} ${reason}`,
      `daemonset/${nameOf(daemonSet)} spec.updateStrategy.rollingUpdate.maxSurge=${maxSurge}`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [readSet(subject)],
      act: [
        {
          text: 'only if each node can be without its Pod for a moment, delete the old Pod first with maxUnavailable',
          commands: [unavailableInstead(subject)],
        },
      ],
      risk: causes['ds-surge-hostport'].risk,
      avoid: '',
      rung: 1,
    },
  }
}

function readSet({daemonSet}: DaemonNodeSubject): string {
  return kubectl('get', 'ds', '-n', namespaceOf(daemonSet), nameOf(daemonSet), '-o', 'yaml')
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
  const taken = new Set(hostPorts(holder))
  return hostPorts(pod).filter((port) => taken.has(port))
}

/** `host port 80/TCP`, `host ports 80/TCP, 443/TCP`. */
function portsText(ports: readonly string[]): string {
  return `host ${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}`
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
