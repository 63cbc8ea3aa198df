import {mountedClaims} from '../../../model/mounted-claims.ts'
import {namespaceOf, type Pod} from '../../../model/objects.ts'
import {isTerminal, isTerminating} from '../../../model/pod.ts'
import type {Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {describePod, eventEvidence, ownerKind, toldOf} from '../finding.ts'
import {podReference} from '../reference.ts'
import {choice} from '../scheduling/choice.ts'
import {otherPodText} from '../scheduling/finding.ts'
import type {PodSubject} from '../subject.ts'
import {DETACH_DANGER, MULTI_POD} from './attach-messages.ts'
import {notStartedMessage, severityOnNode, volumeFinding} from './waiting.ts'

/** All Pods of a DaemonSet mount the claim that its template names: one for a single node serves one of them. */
export const sharedByDaemons: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const event = toldOf(subject, 'FailedAttachVolume', /already used by/i)
  const found = event && ownerKind(pod) === 'DaemonSet' ? siblingWithClaim(subject) : undefined
  if (!found) return undefined
  const {sibling, claim} = found
  return volumeFinding(subject, {
    id: MULTI_POD,
    severity: severityOnNode(subject, 'error'),
    message: notStartedMessage(
      subject,
      `claim ${claim} is for one node at a time, and ${otherPodText(sibling, pod)} of the same DaemonSet has it on node ${sibling.spec?.nodeName}`,
    ),
    evidence: eventEvidence(subject, event),
    blames: [podReference(sibling)],
    selfHealing: 'no',
    remedy: choice(
      [describePod(pod), kubectl('get', 'pvc', '-n', namespaceOf(pod), claim, '-o', 'wide')],
      [
        'let the template use hostPath, emptyDir or a generic ephemeral volume, so that each node has its own',
        'let the template use a claim that many nodes may have (ReadWriteMany)',
      ],
      {avoid: DETACH_DANGER},
    ),
  })
}

/** One that is not terminating, on another node. */
function siblingWithClaim({pod, relations}: PodSubject) {
  const controller = pod.metadata?.ownerReferences?.find((each) => each.controller)
  const siblings = relations
    .podsOf(controller?.uid)
    .filter((each) => each.spec?.nodeName !== pod.spec?.nodeName && hasBegun(each))
  return mountedClaims(pod).flatMap((claim) =>
    siblings.filter((each) => mountedClaims(each).includes(claim)).map((sibling) => ({sibling, claim})),
  )[0]
}

function hasBegun(pod: Pod): boolean {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]
  const isUp = statuses.some(({state}) => state?.running ?? state?.terminated)
  return isUp && !isTerminal(pod) && !isTerminating(pod)
}
