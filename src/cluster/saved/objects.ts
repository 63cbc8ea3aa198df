import {controllerRevisionWithTemplate} from '../../model/kept/index.ts'
import {type KubernetesObject, keyOf} from '../../model/objects.ts'
import type {ClusterSnapshot, ResourceKey} from '../../model/snapshot.ts'
import {keyOfKind, resources} from '../resources.ts'

interface Held {
  readonly object: object
  readonly version: number
}

/** Objects as reports want them, each once: of those that were saved twice the newer one. */
export class SavedObjects {
  readonly #held = new Map<ResourceKey, Map<string, Held>>()
  readonly #withTemplates: boolean

  /** @param withTemplates Whether ControllerRevisions keep the templates that they hold. */
  constructor(withTemplates: boolean) {
    this.#withTemplates = withTemplates
  }

  add(given: KubernetesObject): void {
    const key = keyOfKind(given.apiVersion ?? '', given.kind ?? '')
    if (!key) return
    const byName = this.#held.get(key) ?? new Map<string, Held>()
    this.#held.set(key, byName)
    const [name, version] = [keyOf(given), versionOf(given)]
    const known = byName.get(name)
    if (known && known.version > version) return
    byName.set(name, {object: this.#projectionOf(key)(given), version})
  }

  #projectionOf(key: ResourceKey): (object: object) => object {
    const isWhole = this.#withTemplates && key === 'controllerRevisions'
    return (isWhole ? controllerRevisionWithTemplate : resources[key].project) as (object: object) => object
  }

  lists(): Partial<ClusterSnapshot> {
    return Object.fromEntries(
      [...this.#held].map(([key, byName]) => [key, [...byName.values()].map(({object}) => object)]),
    )
  }
}

/** Versions of one object grow with time; 0 where none was saved, and then the later file is the newer one. */
function versionOf({metadata}: KubernetesObject): number {
  const {resourceVersion} = (metadata ?? {}) as {readonly resourceVersion?: string}
  return Number(resourceVersion) || 0
}
