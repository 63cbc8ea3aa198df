import {SELECTED_NODE, storageClassOf, waitsForConsumer} from '../../model/claim.ts'
import {controllerOf, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {SETTLING_SECONDS, secondsBetween} from '../patience.ts'
import {podReference} from '../pod/reference.ts'
import type {ClaimSubject} from '../subjects.ts'
import {claimFinding, claimText} from './claim-finding.ts'

export const causes = {
  'pvc-wffc-pod-bound': {
    title: 'Pod went past the scheduler',
    applies: ['PersistentVolumeClaim'],
    sign: 'The claim is pending with `WaitForFirstConsumer`, and its Pod is on a node all the same: `spec.nodeName` stands in the template, or the claim was created again under the Pod. Only the scheduler binds such a claim, and it never looks at a Pod that has a node.',
    remedy:
      'Take `nodeName` out of the template and name the node with `nodeSelector`, then `kubectl delete pod <pod>`.',
    risk: 'a changed template lets the set recreate all of its Pods, those that work as well',
    riskWhen: 'the template of a set names the node',
  },
} satisfies Causes

/** With WaitForFirstConsumer it is the scheduler that has the claim bound, before it gives the Pod its node. */
export const pastScheduler: Rule<ClaimSubject> = (subject) => {
  const {claim, relations} = subject
  const storageClass = claim && relations.storageClass(storageClassOf(claim) ?? '')
  if (!claim || claim.spec?.volumeName || !waitsForConsumer(storageClass) || !relations.sees('pods'))
    return undefined
  if (claim.metadata?.annotations?.[SELECTED_NODE] !== undefined) return undefined
  const pod = relations.podsMounting(claim).find(isStuck)
  if (!pod) return undefined
  const nodeName = pod.spec?.nodeName ?? ''
  const young =
    secondsBetween(pod.metadata?.creationTimestamp, relations.snapshot.observedAt) < SETTLING_SECONDS
  return claimFinding(subject, {
    id: 'pvc-wffc-pod-bound',
    // the claims may have been listed before, and the Pods after they were bound
    severity: young ? 'info' : 'error',
    message: `Pod ${nameOf(pod)} ${howPlaced(subject, pod)}, and only the scheduler lets ${claimText(subject)} be bound`,
    blames: [podReference(pod)],
    ...(pod.metadata?.creationTimestamp && {since: pod.metadata.creationTimestamp}),
    evidence: [
      `storageclass/${nameOf(storageClass ?? {})} volumeBindingMode=WaitForFirstConsumer`,
      `pod/${nameOf(pod)} spec.nodeName=${nodeName}`,
      `pvc/${subject.name} has no annotation ${SELECTED_NODE}`,
    ],
    selfHealing: 'no',
    remedy: remedyOf(subject, pod, nodeName),
  })
}

/** On its node, and nothing in it has begun, as nothing can without its volume. */
function isStuck(pod: Pod): boolean {
  return Boolean(pod.spec?.nodeName) && pod.status?.phase === 'Pending' && !isTerminating(pod)
}

function isNamed({of}: ClaimSubject): boolean {
  return Boolean(of?.set.spec?.template?.spec?.nodeName)
}

function howPlaced(subject: ClaimSubject, pod: Pod): string {
  if (isNamed(subject)) return 'has its node by nodeName in its template'
  const scheduled = pod.status?.conditions?.find(({type}) => type === 'PodScheduled')?.lastTransitionTime
  return secondsBetween(scheduled, subject.claim?.metadata?.creationTimestamp) > 0
    ? `was on its node before its claim was created`
    : `is on its node already`
}

function remedyOf(subject: ClaimSubject, pod: Pod, node: string): Finding['remedy'] {
  const {of, relations} = subject
  const again = controllerOf(pod) ? [kubectl('delete', 'pod', '-n', namespaceOf(pod), nameOf(pod))] : []
  if (!of || !isNamed(subject)) {
    return {
      look: [kubectl('describe', 'pod', '-n', namespaceOf(pod), nameOf(pod))],
      act: [
        {
          text: 'where its template names the node (nodeName), name it with a nodeSelector instead; then delete the Pod: the next one is scheduled, and its claim is bound',
          commands: again,
        },
      ],
      risk: '',
      avoid: '',
      rung: 2,
    }
  }
  const host = relations.node(node)?.metadata?.labels?.[HOST]
  const spec = {nodeName: null, nodeSelector: {[HOST]: host}}
  const patch = JSON.stringify({spec: {template: {spec}}})
  const edit =
    host === undefined
      ? []
      : [kubectl('patch', 'sts', '-n', namespaceOf(of.set), nameOf(of.set), '-p', patch)]
  return {
    look: [kubectl('get', 'sts', '-n', namespaceOf(of.set), nameOf(of.set), '-o', 'yaml')],
    act: [
      {
        text: `use a nodeSelector (${HOST}) in the template instead of nodeName, also where the template comes from (chart, operator, file); then delete Pod ${nameOf(pod)}, which nobody replaces before`,
        commands: [...edit, ...(host === undefined ? [] : again)],
      },
    ],
    risk: causes['pvc-wffc-pod-bound'].risk,
    avoid: '',
    rung: 2,
  }
}

const HOST = 'kubernetes.io/hostname'
