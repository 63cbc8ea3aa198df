import type {V1Node, V1Pod, V1PodList, V1Toleration} from '@kubernetes/client-node'
import {markOnLostNode, setNodeBehaviour} from '../control-plane/situations/behaviours.ts'
import {addNodes} from '../control-plane/situations/nodes.ts'
import {isTerminating, untilPods, untilReady} from '../control-plane/situations/waits.ts'
import {headlessService, type StatefulSetOptions, statefulSet} from '../control-plane/situations/workloads.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {NAMESPACE} from './captured-cause.ts'

/** Evicts a second after its node fell silent, and not five minutes. */
export const IMPATIENT: V1Toleration[] = ['unreachable', 'not-ready'].map((word) => ({
  key: `node.kubernetes.io/${word}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 1,
}))

/** Three members on three nodes, all of them well. */
export async function wellSet(api: ControlPlane, options: StatefulSetOptions = {}): Promise<void> {
  await addNodes(api)
  await api.apply([headlessService('db', NAMESPACE), statefulSet({namespace: NAMESPACE, ...options})])
  await untilReady(api, NAMESPACE, 'db')
}

export async function nodeOf({get}: Pick<ControlPlane, 'get'>, pod: string): Promise<string> {
  const {spec} = await get<V1Pod>(`/api/v1/namespaces/${NAMESPACE}/pods/${pod}`)
  return spec?.nodeName ?? ''
}

/** The node no longer answers: it is tainted, and its Pod no longer ready. */
export async function lose(api: ControlPlane, node: string): Promise<void> {
  await setNodeBehaviour(api, node, 'unreachable')
  await untilTainted(api, node, 'NoExecute')
  const {items} = await api.get<V1PodList>(`/api/v1/namespaces/${NAMESPACE}/pods`)
  const lost = items.filter(({spec}) => spec?.nodeName === node)
  for (const {metadata} of lost) await markOnLostNode(api, NAMESPACE, metadata?.name ?? '')
  const isMarked = ({spec, status}: V1Pod) =>
    spec?.nodeName === node &&
    (status?.conditions ?? []).some(({type, status: is}) => type === 'Ready' && is === 'False')
  await untilPods(api, NAMESPACE, lost.length, isMarked)
}

export async function untilTainted({get}: Pick<ControlPlane, 'get'>, node: string, effect: string) {
  const read = () => get<V1Node>(`/api/v1/nodes/${node}`)
  await until(`${node} is tainted`, read, ({spec}) =>
    (spec?.taints ?? []).some((each) => each.effect === effect),
  )
}

export async function taint(
  {kubectl}: Pick<ControlPlane, 'kubectl'>,
  node: string,
  text: string,
): Promise<void> {
  const {code, stderr} = await kubectl(['taint', 'node', node, text])
  if (code !== 0) throw new Error(stderr)
}

/** Terminating, and still there. */
export async function stop(api: ControlPlane, pod: string, ...flags: readonly string[]): Promise<void> {
  const args = ['delete', 'pod', '-n', NAMESPACE, pod, '--wait=false', ...flags]
  const {code, stderr} = await api.kubectl(args)
  if (code !== 0) throw new Error(stderr)
}

export async function untilTerminating(api: ControlPlane, isThere: (pod: V1Pod) => boolean = () => true) {
  await untilPods(api, NAMESPACE, 1, (pod) => isTerminating(pod) && isThere(pod))
}
