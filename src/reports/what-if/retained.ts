import {otherKeepersOf} from '../../model/foretold/claim-holders.ts'
import {isGivenTo} from '../../model/foretold/collected-claims.ts'
import {nameOf, namespaceOf, type PersistentVolumeClaim, type StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {claimName, podName, templateNames} from '../../model/stateful-set.ts'
import type {Loss} from './report.ts'
import {few} from './words.ts'

/** What is lost with the claims of an ordinal that goes for good, by whenScaled: of those that exist, or that nobody could see. */
export function lossesOfOrdinal(
  set: StatefulSet,
  ordinal: number,
  why: string,
  relations: Relations,
): readonly Loss[] {
  const namespace = namespaceOf(set)
  const pod = relations.pod(namespace, podName(set, ordinal))
  const claims = templateNames(set).flatMap(
    (template) => relations.claim(namespace, claimName(template, set, ordinal)) ?? [],
  )
  return [
    ...claims
      .filter((claim) => isGivenTo(pod, set, claim))
      .map((claim) => lossOfClaim(claim, why, relations)),
    ...lossesUnseen(set, ordinal, why, relations),
  ]
}

/** The same of those of which nobody could see whether there are any. */
export function lossesUnseen(
  set: StatefulSet,
  ordinal: number,
  why: string,
  relations: Relations,
): readonly Loss[] {
  if (relations.sees('persistentVolumeClaims')) return []
  const namespace = namespaceOf(set)
  const names = templateNames(set).map((template) => claimName(template, set, ordinal))
  return names
    .filter((name) => relations.claim(namespace, name) === undefined)
    .map((name) => lossOfUnseen({namespace, name}, why))
}

/** What is lost with a claim of which nobody could see whether there is any. */
export function lossOfUnseen({namespace, name}: {namespace: string; name: string}, why: string): Loss {
  return {
    kind: 'PersistentVolumeClaim',
    namespace,
    name,
    destroysData: null,
    isEphemeral: false,
    message: `claim ${name}, if there is one, is deleted ${why}: what becomes of its volume is <unknown>`,
  }
}

/** What is lost with a claim: what its volume holds, by that volume's reclaim policy. */
export function lossOfClaim(claim: PersistentVolumeClaim, why: string, relations: Relations): Loss {
  const volumeName = claim.spec?.volumeName
  const policy = relations.volume(volumeName ?? '')?.spec?.persistentVolumeReclaimPolicy
  const destroysData = volumeName === undefined ? false : destroysBy(policy)
  const after = volumeName === undefined ? 'it has no volume' : (AFTER[policy ?? ''] ?? UNSEEN)(volumeName)
  const keepers = otherKeepersOf(claim)
  const until =
    keepers.length > 0
      ? `it stays Terminating until ${few(keepers)} ${keepers.length === 1 ? 'is' : 'are'} removed from it; then `
      : ''
  return {
    kind: 'PersistentVolumeClaim',
    namespace: namespaceOf(claim),
    name: nameOf(claim),
    destroysData,
    isEphemeral: false,
    message: `claim ${nameOf(claim)} is deleted ${why}: ${until}${after}`,
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
