import type {
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1Pod,
  V1PodList,
  V1StatefulSet,
} from '@kubernetes/client-node'
import type {ControlPlane} from '../tools/control-plane.ts'
import {until} from '../tools/until.ts'

type Reader = Pick<ControlPlane, 'get'>

/** Many Pods, one after the other, on a busy machine. */
const PATIENCE = {timeout: 90_000}

const isReady = ({status}: V1Pod) =>
  status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false

/** Waits until every Pod that the set wants is there and ready, and its status says so: it may be of a moment ago. */
export async function untilReady({get}: Reader, namespace: string, name: string): Promise<void> {
  const read = async () => ({
    set: await get<V1StatefulSet>(`/apis/apps/v1/namespaces/${namespace}/statefulsets/${name}`),
    pods: (await get<V1PodList>(`/api/v1/namespaces/${namespace}/pods`)).items,
  })
  const accept = ({set, pods}: Awaited<ReturnType<typeof read>>) =>
    isRolledOut(set) &&
    pods.filter((pod) => isOf(pod, set) && isReady(pod) && !isTerminating(pod)).length === set.spec?.replicas
  await until(`${namespace}/${name} is ready`, read, accept, PATIENCE)
}

function isOf({metadata}: V1Pod, set: V1StatefulSet): boolean {
  return metadata?.ownerReferences?.some(({uid}) => uid === set.metadata?.uid) ?? false
}

function isRolledOut({metadata, spec, status}: V1StatefulSet): boolean {
  const isSeen = status?.observedGeneration === metadata?.generation
  return isSeen && (status?.readyReplicas ?? 0) === spec?.replicas && status?.replicas === spec?.replicas
}

/** Waits until the namespace has that many Pods that are as wanted: ready, if nothing else is said. */
export async function untilPods(
  {get}: Reader,
  namespace: string,
  count: number,
  isWanted: (pod: V1Pod) => boolean = isReady,
): Promise<readonly V1Pod[]> {
  const read = async () => (await get<V1PodList>(`/api/v1/namespaces/${namespace}/pods`)).items
  const accept = (pods: readonly V1Pod[]) => pods.filter(isWanted).length === count
  return await until(`${count} Pods of ${namespace} are as wanted`, read, accept, PATIENCE)
}

export const isTerminating = ({metadata}: V1Pod): boolean => metadata?.deletionTimestamp !== undefined

/** One of its containers waits to be started again. */
export const isCrashing = ({status}: V1Pod): boolean =>
  status?.containerStatuses?.some(({state}) => state?.waiting?.reason === 'CrashLoopBackOff') ?? false

/** The scheduler has tried it and said why not. */
export const isUnschedulable = ({status}: V1Pod): boolean =>
  status?.conditions?.some(({reason}) => reason === 'Unschedulable') ?? false

export async function untilClaim(
  {get}: Reader,
  namespace: string,
  name: string,
  phase: 'Pending' | 'Bound' | 'Lost',
): Promise<void> {
  const read = () =>
    get<V1PersistentVolumeClaim>(`/api/v1/namespaces/${namespace}/persistentvolumeclaims/${name}`)
  await until(`${namespace}/${name} is ${phase}`, read, ({status}) => status?.phase === phase)
}

export async function untilVolume({get}: Reader, name: string, phase: string): Promise<void> {
  const read = () => get<V1PersistentVolume>(`/api/v1/persistentvolumes/${name}`)
  await until(`${name} is ${phase}`, read, ({status}) => status?.phase === phase)
}

/** Waits until there is no such object any more. */
export async function untilGone({request}: Pick<ControlPlane, 'request'>, path: string): Promise<void> {
  await until(
    `${path} is gone`,
    () => request('GET', path),
    ({code}) => code === 404,
  )
}
