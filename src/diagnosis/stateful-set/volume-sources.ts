import {freeVolumes, isPreparedOnly} from '../../model/free-volumes.ts'
import type {Node, PersistentVolumeClaim, StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {classNameOf, isMadeFor} from '../../model/storage-class.ts'
import {reaches} from '../../model/volume.ts'

/** What limits where a new claim of the set gets its volume. */
interface Source {
  /** The same for the same limits. */
  readonly name: string
  readonly isNear: (node: Node) => boolean
}

/** Of the set's claims, those that get volumes in some places only; undefined where it was not seen where. */
export function volumeSources(set: StatefulSet, relations: Relations): readonly Source[] | undefined {
  const sources = (set.spec?.volumeClaimTemplates ?? []).map((claim) => sourceOf(claim, relations))
  return sources.every((source) => source !== undefined) ? sources.flat() : undefined
}

function sourceOf(claim: PersistentVolumeClaim, relations: Relations): readonly Source[] | undefined {
  const name = classNameOf(claim, relations)
  const storageClass = relations.storageClass(name)
  // without a class nobody makes volumes either
  if (!storageClass && name !== '' && !relations.sees('storageClasses', name)) return undefined
  if (storageClass && !isPreparedOnly(storageClass)) {
    const isLimited = storageClass.allowedTopologies?.length
    return isLimited ? [{name, isNear: (node) => isMadeFor(storageClass, node)}] : []
  }
  if (!relations.sees('persistentVolumes')) return undefined
  const free = freeVolumes(claim, name, relations)
  const asked = JSON.stringify(claim.spec)
  return [{name: `${name} ${asked}`, isNear: (node) => free.some((volume) => reaches(volume, node))}]
}
