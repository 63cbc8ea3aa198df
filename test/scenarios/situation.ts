import type {V1Pod, V1PodList, V1StatefulSet} from '@kubernetes/client-node'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'

/** Who takes the snapshot of which part of the cluster. */
export interface Taken {
  /** Flags of `kubectl stateful snapshot`. */
  readonly flags: readonly string[]
  /** Undefined: the administrator's. */
  readonly kubeconfig?: string
  /** Minutes that it stands before the snapshot: what is stuck has been stuck for so long. */
  readonly age?: number
}

/** Brings a fresh cluster into a state worth keeping; real controllers write every status. */
export type Situation = (controlPlane: ControlPlane) => Promise<Taken>

/** Waits for a set to have that many ready Pods and none besides. */
export async function ready(
  api: ControlPlane,
  namespace: string,
  name: string,
  replicas: number,
): Promise<void> {
  await until(
    `${replicas} ready Pods of ${name}`,
    () => api.get<V1StatefulSet>(`/apis/apps/v1/namespaces/${namespace}/statefulsets/${name}`),
    ({status}) => (status?.readyReplicas ?? 0) === replicas && status?.replicas === replicas,
    {timeout: 60_000},
  )
}

/** Waits for a Pod of that name to be as wanted, and returns it. */
export async function pod(
  api: ControlPlane,
  namespace: string,
  name: string,
  accept: (pod: V1Pod) => boolean = () => true,
): Promise<V1Pod> {
  const read = () => api.get<V1Pod>(`/api/v1/namespaces/${namespace}/pods/${name}`)
  return await until(`Pod ${name}`, read, accept, {timeout: 60_000})
}

/** Waits for a Pod of that name to be gone. */
export async function gone(api: ControlPlane, namespace: string, name: string): Promise<void> {
  await until(
    `Pod ${name} gone`,
    () => api.get<V1PodList>(`/api/v1/namespaces/${namespace}/pods`),
    ({items}) => !items.some(({metadata}) => metadata?.name === name),
    {timeout: 60_000},
  )
}

/** Runs kubectl and fails with its words if it fails. */
export async function kubectl(api: ControlPlane, ...args: readonly string[]): Promise<void> {
  const {code, stderr} = await api.kubectl([...args])
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`)
}

/** Whether a container waits for that reason. */
export function waits(reason: string): (pod: V1Pod) => boolean {
  return ({status}) => (status?.containerStatuses ?? []).some(({state}) => state?.waiting?.reason === reason)
}
