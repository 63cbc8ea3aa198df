import type {Relations} from '../../model/relations.ts'
import {type Answer, answer} from './answer.ts'
import type {Change} from './change.ts'
import {whatIfClaimDeleted} from './delete-claim.ts'
import {whatIfPodDeleted} from './delete-pod.ts'
import {whatIfSetDeleted} from './delete-set.ts'
import type {Subjects} from './subjects.ts'

type Delete = Extract<Change, {readonly action: 'delete'}>

/** One thing is deleted: what comes back, and what goes with it. */
export function whatIfDeleted(subjects: Subjects, change: Delete, relations: Relations): Answer {
  const [pod] = subjects.pods
  const [claim] = subjects.persistentVolumeClaims
  const [set] = [...subjects.statefulSets, ...subjects.daemonSets]
  if (pod) return whatIfPodDeleted(pod, change.neverReady, relations)
  if (claim) return whatIfClaimDeleted(claim, relations)
  if (set)
    return whatIfSetDeleted(
      set,
      subjects.statefulSets.length > 0 ? 'StatefulSet' : 'DaemonSet',
      change,
      relations,
    )
  return answer({end: {state: 'Unknown', message: 'there is nothing to delete', waitsFor: null}})
}
