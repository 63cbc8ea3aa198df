import type {V1PodStatus} from '@kubernetes/client-node'
import type {ApiClient} from '../api-client.ts'

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

export type NodeBehaviour = 'ready' | 'not-ready' | 'unreachable' | 'manual'

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
