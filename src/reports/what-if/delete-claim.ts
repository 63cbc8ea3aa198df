import {kubectl} from '../../diagnosis/kubectl-command.ts'
import {
  controllerOf,
  controllerUid,
  nameOf,
  namespaceOf,
  type PersistentVolumeClaim,
  type Pod,
  type StatefulSet,
} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {isDesired, ordinalIn, templateNames} from '../../model/stateful-set.ts'
import {type Answer, answer} from './answer.ts'
import {lossOfClaim} from './retained.ts'
import {claimDeleted, step} from './steps.ts'
import {few} from './words.ts'

/** A claim is deleted: it waits for the Pods that use it, and its volume goes the way of its reclaim policy. */
export function whatIfClaimDeleted(claim: PersistentVolumeClaim, relations: Relations): Answer {
  const mounting = relations.podsMounting(claim)
  // pvc-protection looks at Pods that are on a node, finished or not (podUsesPVCForDeletion, 1.37)
  const names = mounting.filter(({spec}) => spec?.nodeName).map(nameOf)
  const isOne = names.length === 1
  const loss = lossOfClaim(
    claim,
    names.length > 0 ? `once ${few(names)} ${isOne ? 'is' : 'are'} gone` : 'at once',
    relations,
  )
  const then = successorText(claim, mounting, relations)
  return answer({
    steps: [
      step({
        waitsFor: names.length > 0 ? `${few(names)} to be gone` : null,
        actions: [claimDeleted(namespaceOf(claim), nameOf(claim))],
      }),
    ],
    end: {
      state: names.length > 0 ? 'Stopped' : loss.destroysData === null ? 'Unknown' : 'Done',
      message: `${loss.message}${names.length > 0 ? `; until then it stays Terminating, and ${few(names)} ${isOne ? 'goes' : 'go'} on using it` : ''}${then}`,
      waitsFor: null,
    },
    losses: [loss],
    command: {
      text: kubectl('delete', 'pvc', '-n', namespaceOf(claim), nameOf(claim)),
      danger:
        loss.destroysData === false
          ? 'a claim that is being deleted can not be had back'
          : 'it destroys data, for good',
    },
  })
}

function successorText(claim: PersistentVolumeClaim, mounting: readonly Pod[], relations: Relations): string {
  if (mounting.some((pod) => isOfTemplate(claim, pod, relations)))
    return '; then a new and empty one is created in its place'
  const isOfUnseen = mounting.some(
    (pod) => controllerOf(pod)?.kind === 'StatefulSet' && !setOf(pod, relations),
  )
  return isOfUnseen && !relations.sees('statefulSets')
    ? '; whether a new one is created in its place is <unknown>'
    : ''
}

function setOf(pod: Pod, relations: Relations): StatefulSet | undefined {
  return relations.statefulSetWith(controllerUid(pod))
}

/** Its set wants the Pod, and makes the claim of a template: no other claim that the Pod mounts comes back. */
function isOfTemplate(claim: PersistentVolumeClaim, pod: Pod, relations: Relations): boolean {
  const set = setOf(pod, relations)
  if (!set || !isDesired(set, ordinalIn(nameOf(pod), nameOf(set)) ?? -1)) return false
  return templateNames(set).some((template) => `${template}-${nameOf(pod)}` === nameOf(claim))
}
