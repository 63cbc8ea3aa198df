import {isTerminatingClaim} from '../../model/claim.ts'
import {holdersOf} from '../../model/foretold/claim-holders.ts'
import {claimsCollectedWith} from '../../model/foretold/collected-claims.ts'
import {ephemeralClaimName, mountedClaims} from '../../model/mounted-claims.ts'
import {nameOf, namespaceOf, type PersistentVolumeClaim, type Pod} from '../../model/objects.ts'
import {isTerminal} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {Loss} from './report.ts'
import {lossOfClaim, lossOfUnseen} from './retained.ts'
import {few} from './words.ts'

/** What Pods take with them wherever they go: what they keep on their nodes, and claims. */
export function lossesWithPods(pods: readonly Pod[], relations: Relations): readonly Loss[] {
  return [...pods.flatMap(emptyDirLosses), ...claimLosses(pods, relations)]
}

/** The claims that were made for one of them alone, those that one owns, and those that were asked to go and waited only for them. */
export function claimLosses(pods: readonly Pod[], relations: Relations): readonly Loss[] {
  return [
    ...pods.flatMap((pod) => ephemeralLosses(pod, relations)),
    ...pods.flatMap((pod) => ownedLosses(pod, relations)),
    ...terminatingLosses(pods, relations),
  ]
}

/** By whenScaled: Delete a set gives them to a Pod that it does not want any more. */
function ownedLosses(pod: Pod, relations: Relations): readonly Loss[] {
  const why = `with ${nameOf(pod)}, which owns it`
  return claimsCollectedWith([pod], relations).map((claim) => lossOfClaim(claim, why, relations))
}

function terminatingLosses(pods: readonly Pod[], relations: Relations): readonly Loss[] {
  const leaving = new Set(pods)
  const claims = new Set(pods.flatMap((pod) => terminatingClaims(pod, relations)))
  return [...claims].flatMap((claim) => {
    const holders = holdersOf(claim, relations)
    if (!holders.every((pod) => leaving.has(pod))) return []
    const why = `once ${few(holders.map(nameOf))} ${holders.length === 1 ? 'is' : 'are'} gone, as somebody has deleted it already`
    return [lossOfClaim(claim, why, relations)]
  })
}

/** Of the claims that it holds. */
function terminatingClaims(pod: Pod, relations: Relations): readonly PersistentVolumeClaim[] {
  if (!pod.spec?.nodeName) return []
  return mountedClaims(pod)
    .flatMap((name) => relations.claim(namespaceOf(pod), name) ?? [])
    .filter((claim) => isTerminatingClaim(claim) && !isMadeFor(pod, claim))
}

/** A finished Pod has none left: its kubelet has taken them away. */
function emptyDirLosses(pod: Pod): readonly Loss[] {
  const names = (pod.spec?.volumes ?? []).flatMap(({name, emptyDir}) => (emptyDir ? [name] : []))
  if (names.length === 0 || isTerminal(pod)) return []
  const message = `what ${nameOf(pod)} keeps in its emptyDir volumes goes with it: ${names.join(', ')}`
  return [{...placeOf(pod), destroysData: true, isEphemeral: true, message}]
}

/** The claims of its generic ephemeral volumes are deleted with it, and their volumes go the way of their reclaim policy. */
function ephemeralLosses(pod: Pod, relations: Relations): readonly Loss[] {
  const namespace = namespaceOf(pod)
  const why = `with ${nameOf(pod)}, for which alone it was made`
  return (pod.spec?.volumes ?? []).flatMap(({name: volume, ephemeral}) => {
    if (!ephemeral) return []
    const name = ephemeralClaimName(pod, volume)
    const claim = relations.claim(namespace, name)
    if (claim) return isMadeFor(pod, claim) ? [ephemeralLoss(lossOfClaim(claim, why, relations))] : []
    return relations.sees('persistentVolumeClaims')
      ? []
      : [ephemeralLoss(lossOfUnseen({namespace, name}, why))]
  })
}

function ephemeralLoss(loss: Loss): Loss {
  return {...loss, isEphemeral: true}
}

/** Somebody else's claim of that name is none of its own. */
function isMadeFor({metadata}: Pod, claim: PersistentVolumeClaim): boolean {
  return claim.metadata?.ownerReferences?.some(({uid}) => uid === metadata?.uid) ?? false
}

/** A Pod of which there is none again. */
export function lossOfLast(pod: Pod): Loss {
  const message = `nobody would create ${nameOf(pod)} again: it has no controller`
  return {...placeOf(pod), destroysData: false, isEphemeral: false, message}
}

function placeOf(pod: Pod): Pick<Loss, 'kind' | 'namespace' | 'name'> {
  return {kind: 'Pod', namespace: namespaceOf(pod), name: nameOf(pod)}
}
