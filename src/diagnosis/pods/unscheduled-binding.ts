import {nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import {fewText} from '../few.ts'
import {type Finding, firstCause, type Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {quoted} from '../quoted.ts'
import {beforeScheduling} from '../scheduling/before-scheduling.ts'
import {unschedulable} from '../scheduling/pinned-reason.ts'
import {readPod} from '../scheduling/waiting-pod.ts'
import type {PodSubject} from './subject.ts'
import {type MountedClaim, selectedNode, unboundClaims} from './unscheduled-claims.ts'
import {describePod, leavingFrom, severityFor, unscheduledFinding} from './unscheduled-words.ts'
import {isOfThisLife} from './volumes-waiting.ts'

/**
 * The scheduler has chosen a node and waits, for up to ten minutes, until the volumes for it are made and bound. All
 * that time the Pod may have no condition at all; from 1.35 it has a nominated node.
 */
const underWay: Rule<PodSubject> = (subject) => {
  const {pod, relations} = subject
  const claims = unboundClaims(subject).filter((each) => selectedNode(each) !== undefined)
  const node = claims[0] && selectedNode(claims[0])
  const isRefused = unschedulable(pod) !== undefined && pod.status?.nominatedNodeName !== node
  if (node === undefined || isRefused || failure(subject)) return undefined
  if (!relations.node(node) && relations.snapshot.nodes.length > 0) return undefined
  const names = fewText(claims.map(({name}) => name))
  return unscheduledFinding(subject, {
    id: 'sched-bind-timeout',
    severity: 'info',
    message: `${podText(pod)} is to run on node ${node}, and waits for its ${claims.length > 1 ? 'claims' : 'claim'} ${names} to be bound there`,
    object: claimReference(subject, claims),
    evidence: claims.map(({name}) => `pvc/${name} annotation volume.kubernetes.io/selected-node=${node}`),
    selfHealing: 'maybe',
    remedy: describeClaims(subject, claims, 'while the volume is not made, the claim tells why'),
  })
}

const VOLUME_BINDING = /running PreBind plugin "VolumeBinding"|binding volumes:/i

/** The scheduler's own error, not a verdict on nodes: it begins anew by itself (reason SchedulerError, 1.26). */
function failure({pod}: PodSubject): string | undefined {
  const {reason, message = ''} = unschedulable(pod) ?? {}
  return reason === 'SchedulerError' || VOLUME_BINDING.test(message) ? message : undefined
}

const bindingFailed: Rule<PodSubject> = (subject) => {
  const text = failure(subject)
  if (text === undefined) return undefined
  const {pod} = subject
  const isBinding = VOLUME_BINDING.test(text)
  const claims = isBinding ? unboundClaims(subject) : []
  return unscheduledFinding(subject, {
    id: isBinding ? 'sched-bind-timeout' : 'sched-unschedulable',
    severity: severityFor(subject, 'error'),
    message: `${podText(pod)} is not scheduled: ${failureText(isBinding, claims)}: ${quoted(text)}`,
    ...(claims.length > 0 && {object: claimReference(subject, claims)}),
    evidence: [`pod/${nameOf(pod)} condition PodScheduled=False, reason SchedulerError: ${quoted(text)}`],
    selfHealing: 'maybe',
    remedy: isBinding
      ? describeClaims(subject, claims, 'the provisioner of the claim is late or fails: the claim tells why')
      : {
          commands: [describePod(subject)],
          advice: "see the scheduler's log; it tries again",
          danger: '',
          rung: 0,
        },
  })
}

function failureText(isBinding: boolean, claims: readonly MountedClaim[]): string {
  if (!isBinding) return 'the scheduler fails'
  const names = fewText(claims.map(({name}) => name))
  if (claims.length === 0) return 'its volumes were not bound'
  return claims.length > 1 ? `its claims ${names} were not bound` : `its claim ${names} was not bound`
}

function claimReference({pod}: PodSubject, [first]: readonly MountedClaim[]): Finding['object'] {
  return {kind: 'PersistentVolumeClaim', namespace: namespaceOf(pod), name: first?.name ?? ''}
}

function describeClaims(
  subject: PodSubject,
  claims: readonly MountedClaim[],
  advice: string,
): Finding['remedy'] {
  const namespace = namespaceOf(subject.pod)
  const commands = claims.map(({name}) => kubectl('describe', 'pvc', '-n', namespace, name))
  return {commands: commands.length > 0 ? commands : [describePod(subject)], advice, danger: '', rung: 0}
}

/** Gates, and Pods that make room. Its words of one node, and of no scheduler, are for Pods with a node of their own. */
const heldBack: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const node = pod.status?.nominatedNodeName
  const finding = unschedulable(pod) && beforeScheduling({pod, nodeName: '', node: undefined, now})
  return finding && {...finding, evidence: [...finding.evidence, ...leavingFrom(subject, node ? [node] : [])]}
}

/** From 1.35 the scheduler names the node before it binds the Pod, also where nobody has to make room. */
const aboutToRun: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const node = pod.status?.nominatedNodeName
  if (!node || unschedulable(pod)) return undefined
  return unscheduledFinding(subject, {
    id: 'sched-nominated',
    severity: 'info',
    message: `${podText(pod)} is to run on node ${node}, which is being prepared for it`,
    evidence: [`pod/${nameOf(pod)} status.nominatedNodeName=${node}`],
    selfHealing: 'yes',
    remedy: null,
  })
}

/** A scheduler that works says something within seconds. */
const PATIENCE_SECONDS = 60

/** It has been looked at, and writing so failed. */
function wasRefused({pod, events}: PodSubject): boolean {
  return events.some((event) => event.reason === 'FailedScheduling' && isOfThisLife(event, pod))
}

/** Not even a condition: nobody looks at the Pod, and no event says so. */
const noScheduler: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const isLookedAt = pod.status?.conditions?.some(({type}) => type === 'PodScheduled')
  const age = secondsBetween(pod.metadata?.creationTimestamp, now)
  if (isLookedAt || !(age > PATIENCE_SECONDS) || wasRefused(subject)) return undefined
  const {schedulerName} = pod.spec ?? {}
  return unscheduledFinding(subject, {
    id: 'sched-no-scheduler',
    severity: 'error',
    message: `${podText(pod)} waits for a node, and its scheduler${schedulerName ? ` ${schedulerName}` : ''} has not looked at it`,
    evidence: [`pod/${nameOf(pod)} has no condition PodScheduled`],
    selfHealing: 'no',
    remedy: {
      commands: [readPod(pod), kubectl('get', 'lease', '-n', 'kube-system', 'kube-scheduler', '-o', 'yaml')],
      advice: 'is spec.schedulerName spelt right, and does that scheduler run?',
      danger: '',
      rung: 0,
    },
  })
}

/** Why the scheduler has not come to a verdict on nodes, or fails after it. */
export const beforeVerdict: Rule<PodSubject> = firstCause([
  underWay,
  bindingFailed,
  heldBack,
  aboutToRun,
  noScheduler,
])
