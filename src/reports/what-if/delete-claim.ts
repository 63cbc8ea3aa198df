import {kubectl} from '../../diagnosis/kubectl-command.ts'
import {controllerOf, nameOf, namespaceOf, type PersistentVolumeClaim} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {type Answer, answer} from './answer.ts'
import {lossOfClaim} from './retained.ts'
import {claimDeleted, step} from './steps.ts'
import {few} from './words.ts'

/** A claim is deleted: it waits for the Pods that use it, and its volume goes the way of its reclaim policy. */
export function whatIfClaimDeleted(claim: PersistentVolumeClaim, relations: Relations): Answer {
  const mounting = relations.podsMounting(claim)
  // pvc-protection looks at Pods that are on a node, finished or not (podUsesPVCForDeletion, 1.37)
  const names = mounting.filter(({spec}) => spec?.nodeName).map(nameOf)
  const loss = lossOfClaim(claim, names.length > 0 ? `once ${few(names)} is gone` : 'at once', relations)
  const again = mounting.some((pod) => controllerOf(pod)?.kind === 'StatefulSet')
  const then = again ? `; then a new and empty one is created in its place` : ''
  return answer({
    steps: [
      step({
        waitsFor: names.length > 0 ? `${few(names)} to be gone` : null,
        actions: [claimDeleted(namespaceOf(claim), nameOf(claim))],
      }),
    ],
    end: {
      state: names.length > 0 ? 'Stopped' : loss.destroysData === null ? 'Unknown' : 'Done',
      message: `${loss.message}${names.length > 0 ? `; until then it stays Terminating, and ${few(names)} goes on using it` : ''}${then}`,
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
