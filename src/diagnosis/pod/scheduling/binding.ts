import {nameOf, namespaceOf} from '../../../model/objects.ts'
import type {Causes} from '../../cause.ts'
import {type Finding, firstCause, type Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {fewText, quotedInProof} from '../../words.ts'
import {describePod} from '../finding.ts'
import type {PodSubject} from '../subject.ts'
import {beforeScheduling, NOMINATED} from './before-scheduling.ts'
import {choice} from './choice.ts'
import {pendingMessage, schedulingFinding, severityFor, terminatingOn} from './finding.ts'
import {type MountedClaim, selectedNode, unboundClaims} from './mounted-claims.ts'
import {noScheduler} from './no-scheduler.ts'
import {unschedulable} from './pinned-reason.ts'
import {UNSCHEDULABLE} from './reasons.ts'

export const causes = {
  'sched-bind-timeout': {
    title: 'volume binding took too long',
    applies: ['StatefulSet'],
    sign: 'An event says `running PreBind plugin "VolumeBinding": binding volumes:`, from 1.26 with the reason `SchedulerError`. A node was chosen, and the volume did not come in time.',
    remedy: 'Look at the provisioner and at the claim; the scheduler tries again.',
  },
} satisfies Causes

/**
 * The scheduler has chosen a node and waits, for up to ten minutes, until the volumes for it are provisioned and bound. All
 * that time the Pod may have no condition at all; from 1.35 it has a nominated node.
 */
const underWay: Rule<PodSubject> = (subject) => {
  const {pod, relations} = subject
  const claims = unboundClaims(subject).filter((each) => selectedNode(each) !== undefined)
  const node = claims[0] && selectedNode(claims[0])
  const isRefused = unschedulable(pod) !== undefined && pod.status?.nominatedNodeName !== node
  if (node === undefined || isRefused || failure(subject)) return undefined
  if (!relations.node(node) && relations.snapshot.nodes.length > 0) return undefined
  return schedulingFinding(subject, {
    id: 'sched-bind-timeout',
    severity: 'info',
    message: pendingMessage(pod, `${claimsText(claims)} still being bound on node ${node}`),
    object: claimReference(subject, claims),
    evidence: claims.map(({name}) => `pvc/${name} annotation volume.kubernetes.io/selected-node=${node}`),
    selfHealing: 'maybe',
    remedy: describeClaims(subject, claims, 'see what the claim says while its volume is not provisioned'),
  })
}

const VOLUME_BINDING = /running PreBind plugin "VolumeBinding"|binding volumes:/i

/** The scheduler's own error, not a verdict on nodes: it begins again by itself (reason SchedulerError, 1.26). */
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
  return schedulingFinding(subject, {
    id: isBinding ? 'sched-bind-timeout' : UNSCHEDULABLE,
    severity: severityFor(subject, 'error'),
    message: pendingMessage(pod, failureText(isBinding, claims)),
    ...(claims.length > 0 && {object: claimReference(subject, claims)}),
    evidence: [
      `pod/${nameOf(pod)} condition PodScheduled=False, reason SchedulerError: ${quotedInProof(text)}`,
    ],
    selfHealing: 'maybe',
    remedy: isBinding
      ? describeClaims(subject, claims, 'see what the claim says: its provisioner is late or fails')
      : choice([describePod(subject.pod)], ["see the scheduler's log; it tries again by itself"]),
  })
}

function failureText(isBinding: boolean, claims: readonly MountedClaim[]): string {
  if (!isBinding) return 'the scheduler failed with an error of its own'
  if (claims.length === 0) return 'the volumes of the Pod were not bound in time'
  return `${claimsText(claims)} not bound, and the scheduler gave up waiting`
}

/** `claim data-db-0 is`. */
function claimsText(claims: readonly MountedClaim[]): string {
  const names = fewText(claims.map(({name}) => name))
  return claims.length > 1 ? `claims ${names} are` : `claim ${names} is`
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
  return choice(commands.length > 0 ? commands : [describePod(subject.pod)], [advice])
}

/** Gates, and Pods that make room. Its words of one node, and of no scheduler, are for Pods with a node of their own. */
const heldBack: Rule<PodSubject> = (subject) => {
  const {pod, now} = subject
  const node = pod.status?.nominatedNodeName
  const finding = unschedulable(pod) && beforeScheduling({pod, nodeName: '', node: undefined, now})
  const leaving = terminatingOn(subject, node ? [node] : [])
  // the verdict may be of the attempt before: a node where nobody leaves is about to take the Pod
  if (!finding || (finding.id === NOMINATED && leaving.length === 0)) return undefined
  return {...finding, evidence: [...finding.evidence, ...leaving]}
}

/** From 1.35 the scheduler names the node before it binds the Pod, also where nobody has to make room. */
const aboutToRun: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const node = pod.status?.nominatedNodeName
  if (!node) return undefined
  return schedulingFinding(subject, {
    id: NOMINATED,
    severity: 'info',
    message: pendingMessage(pod, `node ${node} is chosen, and is being prepared for the Pod`),
    evidence: [`pod/${nameOf(pod)} status.nominatedNodeName=${node}`],
    selfHealing: 'yes',
    remedy: null,
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
