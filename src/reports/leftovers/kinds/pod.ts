import {
  type Deleting,
  deletingHolder,
  deletingLostPod,
  deletingPod,
} from '../../../diagnosis/leftover/deleting.ts'
import {podWays} from '../../../diagnosis/leftover/pod-ways.ts'
import {podVerdict, setHeldUpBy} from '../../../model/leftover/pod.ts'
import type {Left} from '../../../model/leftover/verdict.ts'
import {nameOf, type Pod} from '../../../model/objects.ts'
import type {Relations} from '../../../model/relations.ts'
import type {Kind, Told} from './kind.ts'

type LeftPod = Left<'Pod'>

export const POD: Kind<'Pod', Pod> = {
  kind: 'Pod',
  verdictOf: podVerdict,
  deletingOf,
  told,
  ways: podWays,
}

function deletingOf(pod: Pod, {reason, ordinal}: LeftPod, relations: Relations): Deleting {
  if (reason === 'NodeGone') return deletingLostPod
  const set = setHeldUpBy(pod, relations)
  return set ? deletingHolder(nameOf(set), ordinal) : deletingPod
}

function told(pod: Pod, verdict: LeftPod, relations: Relations): Told {
  return {
    severity: verdict.reason === 'HoldsName' && setHeldUpBy(pod, relations) ? 'error' : 'warning',
    message: messageOf(pod, verdict),
    nodeName: pod.spec?.nodeName ?? null,
  }
}

function messageOf(pod: Pod, {reason, sets: [set] = [], ordinal}: LeftPod): string {
  if (reason === 'NodeGone') return `its node ${pod.spec?.nodeName} is gone`
  if (reason === 'NoOwner') return `no owner, and no StatefulSet ${set}`
  return `no owner, and has the name of ordinal ${ordinal} of StatefulSet ${set}`
}
