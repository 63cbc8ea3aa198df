import {kubectl} from '../../diagnosis/kubectl-command.ts'
import {claimsCollectedWith} from '../../model/foretold/collected-claims.ts'
import {type DaemonSet, nameOf, namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import {ordinalsOf} from '../../model/ordinals.ts'
import {isWell} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {type Answer, answer} from './answer.ts'
import type {Change} from './change.ts'
import {fateOf} from './fates.ts'
import {claimLosses} from './pod-losses.ts'
import type {Loss} from './report.ts'
import {lossesUnseen, lossOfClaim, worstFirst} from './retained.ts'
import {actionsOn, step} from './steps.ts'
import {counted, few} from './words.ts'

type Kind = 'StatefulSet' | 'DaemonSet'

/** A set is deleted, with its Pods or without. */
export function whatIfSetDeleted(
  set: StatefulSet | DaemonSet,
  kind: Kind,
  {isOrphaning}: Extract<Change, {readonly action: 'delete'}>,
  relations: Relations,
): Answer {
  const pods = relations.podsOf(set.metadata?.uid)
  const gone = isOrphaning ? [] : pods
  const losses = isOrphaning
    ? []
    : worstFirst([...claimLosses(gone, relations), ...claimsLost(set, relations)])
  return answer({
    steps: gone.length > 0 ? [step({actions: actionsOn(gone, 'Delete'), unavailable: gone.map(nameOf)})] : [],
    end: endOf(set, kind, isOrphaning, losses, relations),
    losses,
    pods: pods.map((pod) =>
      isOrphaning
        ? {...fateOf(pod, 'Staying'), message: 'nobody would create it again'}
        : {...fateOf(pod, 'Deleted'), returns: 'Never' as const},
    ),
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

function endOf(
  set: StatefulSet | DaemonSet,
  kind: Kind,
  isOrphaning: boolean,
  losses: readonly Loss[],
  relations: Relations,
): Answer['end'] {
  const destroyed = losses.filter(({destroysData}) => destroysData === true)
  const lost =
    destroyed.length > 0 ? `the data of ${few(destroyed.map(({name}) => name))} is destroyed; ` : ''
  const pods = relations.podsOf(set.metadata?.uid)
  const many = counted(pods.length, 'Pod')
  const message = isOrphaning
    ? `${many} of ${nameOf(set)} ${pods.length === 1 ? 'runs' : 'run'} on; nobody replaces one that ends, until a ${kind} of that selector adopts ${pods.length === 1 ? 'it' : 'them'}`
    : `${lost}${many} of ${nameOf(set)} ${pods.length === 1 ? 'goes' : 'go'}, in no order, and nobody creates ${pods.length === 1 ? 'it' : 'them'} again${claimsStay(set, losses, relations)}`
  return {state: isOrphaning ? 'Done' : 'Short', message, waitsFor: null}
}

function claimsStay(
  {metadata}: StatefulSet | DaemonSet,
  losses: readonly Loss[],
  relations: Relations,
): string {
  const set = relations.statefulSetWith(metadata?.uid)
  if (!set?.spec?.volumeClaimTemplates) return ''
  const claims = relations.claimsNamedFor(namespaceOf(set), nameOf(set)).map(nameOf)
  const lost = new Set(losses.flatMap(({kind, name}) => (kind === 'PersistentVolumeClaim' ? name : [])))
  const kept = claims.filter((name) => !lost.has(name))
  if (lost.size === 0) return '; its claims, and what they hold, stay'
  if (kept.length === 0) return ''
  return `; ${few(kept)}, and what ${kept.length > 1 ? 'they hold, stay' : 'it holds, stays'}`
}

function workloadOf(set: StatefulSet | DaemonSet, pods: readonly Pod[]): Answer['workloads'][number] {
  return {
    kind: 'StatefulSet',
    namespace: namespaceOf(set),
    name: nameOf(set),
    desired: 0,
    ready: {before: pods.filter(isWell).length, lowest: 0, end: 0},
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
