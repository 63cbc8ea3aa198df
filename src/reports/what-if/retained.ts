import {nameOf, namespaceOf, type PersistentVolumeClaim, type StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {claimName, templateNames} from '../../model/stateful-set.ts'
import type {Loss} from './report.ts'

/** What is lost with the claims that the templates of a set make for an ordinal: of those that exist, or that nobody could see. */
export function lossesOfOrdinal(
  set: StatefulSet,
  ordinal: number,
  why: string,
  relations: Relations,
): readonly Loss[] {
  const namespace = namespaceOf(set)
  return templateNames(set).flatMap((template) => {
    const name = claimName(template, set, ordinal)
    const claim = relations.claim(namespace, name)
    if (claim) return [lossOfClaim(claim, why, relations)]
    return relations.sees('persistentVolumeClaims') ? [] : [lossOfUnseen({namespace, name}, why)]
  })
}

/** The same of one of which nobody could see whether there is any. */
export function lossOfUnseen({namespace, name}: {namespace: string; name: string}, why: string): Loss {
  return {
    kind: 'PersistentVolumeClaim',
    namespace,
    name,
    destroysData: null,
    message: `claim ${name}, if there is one, is deleted ${why}: what becomes of its volume is <unknown>`,
  }
}

/** What is lost with a claim: what its volume holds, by that volume's reclaim policy. */
export function lossOfClaim(claim: PersistentVolumeClaim, why: string, relations: Relations): Loss {
  const volumeName = claim.spec?.volumeName
  const policy = relations.volume(volumeName ?? '')?.spec?.persistentVolumeReclaimPolicy
  const destroysData = volumeName === undefined ? false : destroysBy(policy)
  const after = volumeName === undefined ? 'it has no volume' : (AFTER[policy ?? ''] ?? UNSEEN)(volumeName)
  return {
    kind: 'PersistentVolumeClaim',
    namespace: namespaceOf(claim),
    name: nameOf(claim),
    destroysData,
    message: `claim ${nameOf(claim)} is deleted ${why}: ${after}`,
  }
}

/** Only `Retain` keeps what a volume holds; null where nobody saw, or knows, what is done. */
function destroysBy(policy: string | undefined): boolean | null {
  if (policy === 'Retain') return false
  return policy === 'Delete' || policy === 'Recycle' ? true : null
}

const UNSEEN = (volume: string) => `what becomes of its volume ${volume} is <unknown>`
const AFTER: Readonly<Record<string, (volume: string) => string>> = {
  Delete: (volume) => `its volume ${volume} is deleted too (reclaim policy Delete), with all data`,
  Retain: (volume) =>
    `its volume ${volume} stays (reclaim policy Retain), Released: no claim finds it by itself`,
  Recycle: (volume) => `its volume ${volume} is wiped (reclaim policy Recycle): all data is gone`,
}

/** What destroys data first, and each claim once, whatever it goes with. */
export function worstFirst(losses: readonly Loss[]): readonly Loss[] {
  const rank = ({destroysData}: Loss) => (destroysData === true ? 0 : destroysData === null ? 1 : 2)
  const keyOf = ({kind, namespace, name, message}: Loss) =>
    kind === 'PersistentVolumeClaim' ? `${namespace}/${name}` : message
  const each = new Map(losses.toReversed().map((loss) => [keyOf(loss), loss]))
  return losses
    .filter((loss) => each.get(keyOf(loss)) === loss)
    .toSorted((left, right) => rank(left) - rank(right))
}
