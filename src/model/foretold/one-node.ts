import {nameOf, namespaceOf, type PersistentVolumeClaim, type Pod} from '../objects.ts'
import {isExclusive} from '../volume.ts'
import {claimsOf} from './claims.ts'
import {isSelected} from './company.ts'
import {HOSTNAME, termsOf} from './guards.ts'
import {type Stage, still, uidOf} from './stage.ts'
import type {Standing} from './standing.ts'

/** A claim that only one node may have at a time, and who has it, perhaps on another one. */
export interface Shared {
  readonly claim: PersistentVolumeClaim
  readonly holder: Pod
}

/**
 * The scheduler does not ask whether a volume is attached elsewhere, and the attach-detach controller then refuses it: a Pod that is
 * put on another node waits (Multi-Attach, 1.20 to 1.37). Undefined: wherever it goes, no other Pod has its volume on another node.
 */
export function sharedClaim(
  pod: Pod,
  places: Pick<Standing, 'nodes' | 'isAnywhere'>,
  stage: Stage,
): Shared | undefined {
  for (const claim of claimsOf(pod, stage.relations)) {
    if (!isOfOneNode(claim, stage)) continue
    const holder = holdersOf(claim, stage).find((each) => mayPart(pod, places, each))?.pod
    if (holder) return {claim, holder}
  }
  return undefined
}

/** Of a volume that is seen to be attached nowhere nobody keeps another one from attaching it: its driver does not attach. */
function isOfOneNode({spec}: PersistentVolumeClaim, {relations}: Stage): boolean {
  const volume = relations.volume(spec?.volumeName ?? '')
  const {accessModes} = volume?.spec ?? spec ?? {}
  if (!isExclusive({spec: {...(accessModes && {accessModes})}})) return false
  return !volume || !relations.sees('volumeAttachments') || relations.attachmentsOf(nameOf(volume)).length > 0
}

/** Whoever is asked to go and stays is another matter: it is said of him what his volumes keep waiting. */
function holdersOf(claim: PersistentVolumeClaim, stage: Stage): readonly Standing[] {
  const known = still(stage.relations.podsMounting(claim), stage).flatMap((pod) =>
    pod.spec?.nodeName && !stage.asked.has(uidOf(pod)) ? [{pod, nodes: [pod.spec.nodeName]}] : [],
  )
  return [...known, ...(stage.comeMounting.get(`${namespaceOf(claim)}/${nameOf(claim)}`) ?? [])]
}

function mayPart(pod: Pod, {nodes, isAnywhere}: Pick<Standing, 'nodes' | 'isAnywhere'>, other: Standing) {
  if (uidOf(other.pod) === uidOf(pod) || other.nodes.length === 0) return false
  const areTogether = termsOf(pod, 'podAffinity').some(
    (term) => term.topologyKey === HOSTNAME && isSelected(other.pod, term, pod),
  )
  const isSame = nodes.length === 1 && other.nodes.length === 1 && nodes[0] === other.nodes[0]
  return !areTogether && !(isSame && !isAnywhere && !other.isAnywhere)
}
