import {ephemeralClaimName} from '../../model/mounted-claims.ts'
import {nameOf, namespaceOf, type PersistentVolumeClaim, type Pod} from '../../model/objects.ts'
import {isTerminal} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {Loss} from './report.ts'
import {lossOfClaim, lossOfUnseen} from './retained.ts'

/** What a Pod takes with it wherever it goes: what it keeps on its node, and the claims that were made for it alone. */
export function lossesWithPod(pod: Pod, relations: Relations): readonly Loss[] {
  return [...emptyDirLosses(pod), ...ephemeralLosses(pod, relations)]
}

/** A finished Pod has none left: its kubelet has taken them away. */
function emptyDirLosses(pod: Pod): readonly Loss[] {
  const names = (pod.spec?.volumes ?? []).flatMap(({name, emptyDir}) => (emptyDir ? [name] : []))
  if (names.length === 0 || isTerminal(pod)) return []
  const message = `what ${nameOf(pod)} keeps in its emptyDir volumes goes with it: ${names.join(', ')}`
  return [{...placeOf(pod), destroysData: true, message}]
}

/** The claims of its generic ephemeral volumes are deleted with it, and their volumes go the way of their reclaim policy. */
export function ephemeralLosses(pod: Pod, relations: Relations): readonly Loss[] {
  const namespace = namespaceOf(pod)
  const why = `with ${nameOf(pod)}, for which alone it was made`
  return (pod.spec?.volumes ?? []).flatMap(({name: volume, ephemeral}) => {
    if (!ephemeral) return []
    const name = ephemeralClaimName(pod, volume)
    const claim = relations.claim(namespace, name)
    if (claim) return isMadeFor(pod, claim) ? [lossOfClaim(claim, why, relations)] : []
    return relations.sees('persistentVolumeClaims') ? [] : [lossOfUnseen({namespace, name}, why)]
  })
}

/** Somebody else's claim of that name is none of its own. */
function isMadeFor({metadata}: Pod, claim: PersistentVolumeClaim): boolean {
  return claim.metadata?.ownerReferences?.some(({uid}) => uid === metadata?.uid) ?? false
}

/** A Pod of which there is none again. */
export function lossOfLast(pod: Pod): Loss {
  const message = `nobody would create ${nameOf(pod)} again: it has no controller`
  return {...placeOf(pod), destroysData: false, message}
}

function placeOf(pod: Pod): Pick<Loss, 'kind' | 'namespace' | 'name'> {
  return {kind: 'Pod', namespace: namespaceOf(pod), name: nameOf(pod)}
}
