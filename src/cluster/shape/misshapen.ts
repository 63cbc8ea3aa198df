import {cleanLine} from '../../model/clean.ts'
import type {KubernetesObject} from '../../model/objects.ts'
import type {ResourceKey} from '../../model/snapshot.ts'
import {keyOfKind, resources} from '../resources.ts'
import {wrongField} from './conform.ts'
import {isRecord} from './types.ts'

/**
 * What is wrong with an object of a file, and which one it is; undefined where nothing is, or where it is of a kind that nobody
 * looks at. Everything hangs on its name.
 */
export function misshapen(object: KubernetesObject): string | undefined {
  const key = keyOfKind(object.apiVersion ?? '', object.kind ?? '')
  if (!key) return undefined
  return misshapenAs(key, object) ?? nameless(key, object.metadata?.name)
}

/** What is wrong with what should be of that kind, whatever it says of itself. */
export function misshapenAs(key: ResourceKey, object: unknown): string | undefined {
  const {kind} = resources[key]
  const wrong = wrongField(kind, object)
  return wrong && `${kind}${nameFor(object)}: ${wrong}`
}

/** What is wrong with an object that has no name. */
export function nameless(key: ResourceKey, name: unknown): string | undefined {
  return typeof name === 'string' && name !== '' ? undefined : `${resources[key].kind} without a name`
}

/** As much of a name as the API allows. */
const LONG = 253

function nameFor(object: unknown): string {
  const metadata = isRecord(object) && isRecord(object.metadata) ? object.metadata : {}
  const parts = [metadata.namespace, metadata.name].filter((part) => typeof part === 'string' && part !== '')
  return parts.length > 0 ? ` ${cleanLine(parts.map((part) => String(part).slice(0, LONG)).join('/'))}` : ''
}
