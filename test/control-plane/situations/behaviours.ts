import type {V1PodStatus} from '@kubernetes/client-node'
import type {ApiClient} from '../tools/api-client.ts'

/**
 * What kwok, as the kubelet, does with a Pod; read from its annotations, at any time.
 * `hang-terminating` becomes ready and never goes away; `manual` is left alone altogether.
 */
export type Behaviour =
  | 'ready'
  | 'not-ready'
  | 'creating'
  | 'crash'
  | 'init-crash'
  | 'image-pull'
  | 'hang-terminating'
  | 'manual'
  | 'image-denied'
  | 'image-secret'
  | 'image-never'
  | 'image-invalid'
  | 'config-missing'
  | 'config-root'
  | 'create-error'
  | 'run-error'
  | 'out-of-memory'
  | 'completes'
  | 'liveness-probe'
  | 'startup-probe'
  | 'init-runs'
  | 'sidecar-starts'
  | 'gate-waits'
  | 'flaps'
  | 'evicted'
  | 'shut-down'
  | 'out-of-cpu'
  | 'unexpected-admission'

export type NodeBehaviour =
  | 'ready'
  | 'not-ready'
  | 'unreachable'
  | 'manual'
  | 'low-on-memory'
  | 'shutting-down'

/** What a kubelet says of a Pod that behaves `creating`; the last one of a Pod that hangs while it terminates. */
export type ComponentMessage = 'sandbox-failed' | 'mount-failed' | 'volume-missing' | 'kill-failed'

const ANNOTATION = 'kubectl-stateful.test/behaviour'

/** Annotations for a Pod template. */
export function behaviour(all: Behaviour): Record<string, string> {
  return {[ANNOTATION]: all}
}

/** Annotations for a Pod template, of a StatefulSet by ordinal, of a DaemonSet by node. */
export function behaviourOf(each: Readonly<Record<string | number, Behaviour>>): Record<string, string> {
  return Object.fromEntries(Object.entries(each).map(([which, one]) => [`${ANNOTATION}.${which}`, one]))
}

/** Has a Pod become ready only after a while, such as `2s`. */
export function readyAfter(duration: string): Record<string, string> {
  return {'kubectl-stateful.test/ready-after': duration}
}

/** Has the kubelet of each of the Pods say so. */
export function says(message: ComponentMessage): Record<string, string> {
  return {'kubectl-stateful.test/says': message}
}

/** A Pod that behaves `hang-terminating` ends its containers at least, once it is terminating. */
export const STOPS = {'kubectl-stateful.test/stops': 'true'}

/** On a node: the volume that its kubelet has mounted, as the kubelet calls it. */
export function inUse(volume: string): Record<string, string> {
  return {'kubectl-stateful.test/volumes-in-use': volume}
}

/** From now on this Pod behaves so, whatever its template said of all Pods or of its ordinal. */
export async function setBehaviour(
  api: ApiClient,
  namespace: string,
  pod: string,
  next: Behaviour,
): Promise<void> {
  const ordinal = pod.split('-').at(-1)
  const annotations = {...behaviour(next), [`${ANNOTATION}.${ordinal}`]: null}
  await patch(api, `/api/v1/namespaces/${namespace}/pods/${pod}`, {metadata: {annotations}})
}

export async function setNodeBehaviour(api: ApiClient, node: string, next: NodeBehaviour): Promise<void> {
  await patch(api, `/api/v1/nodes/${node}`, {metadata: {annotations: {[ANNOTATION]: next}}})
}

/** Its node has fallen silent: from now on the Pod counts as not ready, whatever it was. */
export async function markOnLostNode(api: ApiClient, namespace: string, pod: string): Promise<void> {
  const annotations = {'kubectl-stateful.test/on-lost-node': 'true'}
  await patch(api, `/api/v1/namespaces/${namespace}/pods/${pod}`, {metadata: {annotations}})
}

/** For a Pod that behaves `manual`: any status, merged into what is there. */
export async function setPodStatus(
  api: ApiClient,
  namespace: string,
  pod: string,
  status: V1PodStatus,
): Promise<void> {
  await patch(api, `/api/v1/namespaces/${namespace}/pods/${pod}/status`, {status})
}

async function patch(api: ApiClient, path: string, body: object): Promise<void> {
  const answer = await api.request('PATCH', path, body)
  if (answer.code !== 200) throw new Error(`PATCH ${path}: ${answer.code} ${JSON.stringify(answer.body)}`)
}
