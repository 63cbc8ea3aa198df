import type {KubernetesObject} from '../../src/model/objects.ts'
import type {ApiClient} from '../../test/control-plane/tools/api-client.ts'
import type {Loaded} from '../objects/common.ts'

export type Tell = (text: string) => void
export type Api = Pick<ApiClient, 'request'>

/** So many requests are on their way at once: more do not make the server quicker. */
const LANES = 24

/** Creates it, and writes its status, which a creation does not take, except of a node. Returns its UID. */
export async function create(api: Api, loaded: Loaded): Promise<string> {
  const made = await write(api, 'POST', loaded.path, loaded.object)
  if (loaded.object.status && loaded.path !== '/api/v1/nodes') await writeStatus(api, loaded, made)
  return made.metadata?.uid ?? ''
}

/** Gives an object that is there already the status of this one. */
export async function writeStatus(api: Api, {path, object}: Loaded, there: KubernetesObject): Promise<void> {
  const name = object.metadata?.name
  await write(api, 'PUT', `${path}/${name}/status`, {...there, status: object.status})
}

async function write(api: Api, method: string, path: string, object: object): Promise<KubernetesObject> {
  const {code, body} = await api.request(method, path, object)
  if (code >= 300) throw new Error(`${method} ${path}: ${code} ${JSON.stringify(body).slice(0, 500)}`)
  return body as KubernetesObject
}

/** Does the work for all of them, several at a time. */
export async function each<T>(items: Iterable<T>, work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items].values()
  const lane = async () => {
    for (const item of waiting) await work(item)
  }
  await Promise.all(Array.from({length: LANES}, lane))
}

/** Whole numbers from the first one up to, but not including, the last one. */
export function range(from: number, to: number): readonly number[] {
  return Array.from({length: Math.max(0, to - from)}, (_, index) => from + index)
}
