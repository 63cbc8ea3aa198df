import type {KubernetesObject} from '../../model/objects.ts'
import type {ResourceKey} from '../../model/snapshot.ts'
import {resources} from '../resources.ts'
import {misshapenAs, nameless} from './misshapen.ts'
import {isRecord} from './types.ts'
import type {Wrong} from './wrong.ts'

type Metadata = NonNullable<KubernetesObject['metadata']>

/** What is wrong with what a server has sent as an object of that kind; undefined where nothing is. */
export function wrongOf(key: ResourceKey, sent: unknown): Wrong | undefined {
  const {kind} = resources[key]
  const metadata = isRecord(sent) && isRecord(sent.metadata) ? sent.metadata : {}
  const problem = misshapenAs(key, sent) ?? nameless(key, metadata.name)
  return problem === undefined ? undefined : {problem, object: {kind, metadata: traceOf(metadata)}}
}

/** No Pod has more owners. */
const OWNERS = 100

/** What of it has the shape that it should have. */
function traceOf({uid, namespace, name, ownerReferences}: Readonly<Record<string, unknown>>): Metadata {
  const owners = Array.isArray(ownerReferences) ? ownerReferences.slice(0, OWNERS) : []
  const uids = owners.flatMap((owner) => (isRecord(owner) && isText(owner.uid) ? [{uid: owner.uid}] : []))
  const trace = {
    ...(isText(uid) && {uid}),
    ...(isText(namespace) && {namespace}),
    ...(isText(name) && {name}),
    ownerReferences: uids,
  }
  return trace as unknown as Metadata
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
