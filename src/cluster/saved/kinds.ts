import type {ResourceKey} from '../../model/snapshot.ts'
import {keyOfKind} from '../resources.ts'
import type {SavedDocument} from './document.ts'

/** Which kinds were saved, and which of these as a whole. */
export class SavedKinds {
  readonly #present = new Set<ResourceKey>()
  readonly #listed = new Set<ResourceKey>()
  readonly #filed = new Map<ResourceKey, number>()

  add({objects, lists = [], isAlone, folderOf}: SavedDocument): void {
    for (const key of lists) this.#listed.add(key)
    for (const {apiVersion, kind} of objects) {
      const key = keyOfKind(apiVersion ?? '', kind ?? '')
      if (!key) continue
      this.#present.add(key)
      if (!isAlone) this.#listed.add(key)
      else if (folderOf === key) this.#filed.set(key, (this.#filed.get(key) ?? 0) + 1)
    }
  }

  has(key: ResourceKey): boolean {
    return this.#present.has(key) || this.#listed.has(key)
  }

  /** It came as a list, or as the files of a folder that is called after it; one file may be all that somebody wanted. */
  isListed(key: ResourceKey): boolean {
    return this.#listed.has(key) || (this.#filed.get(key) ?? 0) > 1
  }
}
