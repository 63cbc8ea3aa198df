import {kubectl} from '../../diagnosis/kubectl-command.ts'
import type {Expectations} from '../../model/foretold/aftermath.ts'
import {claimsCollectedWith} from '../../model/foretold/collected-claims.ts'
import {type DaemonSet, nameOf, namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import {ordinalsOf} from '../../model/ordinals.ts'
import {isWell} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {type Answer, answer} from './answer.ts'
import type {Change} from './change.ts'
import {deletedEnd, orphanEnd} from './delete-set-end.ts'
import {expectationsOf} from './expectations.ts'
import {fateOf, NOT_ENDED} from './fates.ts'
import {claimLosses} from './pod-losses.ts'
import type {Loss, PodFate} from './report.ts'
import {lossesUnseen, lossOfClaim, worstFirst} from './retained.ts'
import {actionsOn, step} from './steps.ts'

type Kind = 'StatefulSet' | 'DaemonSet'

/** A set is deleted, with its Pods or without. */
export function whatIfSetDeleted(
  set: StatefulSet | DaemonSet,
  kind: Kind,
  {isOrphaning, neverReady}: Extract<Change, {readonly action: 'delete'}>,
  relations: Relations,
): Answer {
  const pods = relations.podsOf(set.metadata?.uid)
  const gone = isOrphaning ? [] : pods
  const {leaves} = expectationsOf(neverReady, relations)
  const losses = isOrphaning
    ? []
    : worstFirst([...claimLosses(gone, relations), ...claimsLost(set, relations)])
  return answer({
    steps: gone.length > 0 ? [step({actions: actionsOn(gone, 'Delete'), unavailable: gone.map(nameOf)})] : [],
    end: isOrphaning ? orphanEnd(set, kind, pods) : deletedEnd(set, pods.filter(leaves), losses, relations),
    losses,
    pods: pods.map((pod) => (isOrphaning ? orphanFate(pod) : fateOfDeleted(pod, leaves))),
    workloads: kind === 'StatefulSet' && !isOrphaning ? [workloadOf(set, pods)] : [],
    command: commandOf(set, kind, isOrphaning, losses),
  })
}

/** What becomes of claims that were seen their ownerReferences say; of others only what the set wants is known. */
function claimsLost({metadata}: StatefulSet | DaemonSet, relations: Relations): readonly Loss[] {
  const set = relations.statefulSetWith(metadata?.uid)
  if (!set) return []
  const isPolicy = ownsClaims(set)
  const why = isPolicy ? 'with the set (whenDeleted: Delete)' : 'with the set, which owns it'
  const collected = claimsCollectedWith([set, ...relations.podsOf(metadata?.uid)], relations)
  const isUnseen = isPolicy && !relations.sees('persistentVolumeClaims')
  return [
    ...collected.map((claim) => lossOfClaim(claim, why, relations)),
    ...(isUnseen
      ? ordinalsOf(set, relations).flatMap(({ordinal}) => lossesUnseen(set, ordinal, why, relations))
      : []),
  ]
}

function ownsClaims({spec}: StatefulSet): boolean {
  return spec?.persistentVolumeClaimRetentionPolicy?.whenDeleted === 'Delete'
}

function orphanFate(pod: Pod): PodFate {
  return {...fateOf(pod, 'Staying'), message: 'nobody would create it again'}
}

function fateOfDeleted(pod: Pod, leaves: Expectations['leaves']): PodFate {
  return leaves(pod)
    ? {...fateOf(pod, 'Deleted'), returns: 'Never'}
    : {...fateOf(pod, 'Terminating'), returns: 'Never', message: NOT_ENDED}
}

function workloadOf(set: StatefulSet | DaemonSet, pods: readonly Pod[]): Answer['workloads'][number] {
  return {
    kind: 'StatefulSet',
    namespace: namespaceOf(set),
    name: nameOf(set),
    desired: 0,
    ready: {before: pods.filter(isWell).length, lowest: 0, end: 0, endAtMost: 0},
    zones: [],
    waitsFor: null,
  }
}

function commandOf(
  set: StatefulSet | DaemonSet,
  kind: Kind,
  isOrphaning: boolean,
  losses: readonly Loss[],
): Answer['command'] {
  const words = ['delete', kind === 'StatefulSet' ? 'sts' : 'ds', '-n', namespaceOf(set), nameOf(set)]
  const text = kubectl(...words)
  const danger = losses.some(({destroysData}) => destroysData !== false)
    ? 'it destroys data, for good'
    : 'all its Pods end at once'
  return isOrphaning
    ? {text: `${text} --cascade=orphan`, danger: 'nobody looks after its Pods any more'}
    : {text, danger}
}
