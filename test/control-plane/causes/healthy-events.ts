import {setTimeout as sleep} from 'node:timers/promises'
import type {V1Pod, V1PodList} from '@kubernetes/client-node'
import {ask, type Plural} from '../lockstep/play.ts'
import {setBehaviour} from '../situations/behaviours.ts'
import {node} from '../situations/nodes.ts'
import type {ControlPlane} from '../tools/control-plane.ts'
import type {Seeded} from '../tools/seeded.ts'

/** A healthy workload, and who may do something to it. */
export interface Subject {
  readonly api: ControlPlane
  readonly namespace: string
  readonly name: string
  readonly plural: Plural
  readonly lane: string
  readonly nodes: readonly string[]
  readonly hasVolumes: boolean
  readonly isOnDelete: boolean
}

type Event = (subject: Subject, random: Seeded) => Promise<void>

const edit = ({api, plural, namespace, name}: Subject, spec: object) =>
  ask(api, 'PATCH', `/apis/apps/v1/namespaces/${namespace}/${plural}/${name}`, {spec})

const podsPath = ({namespace}: Subject) => `/api/v1/namespaces/${namespace}/pods`

async function podsOf(subject: Subject): Promise<readonly V1Pod[]> {
  return (await subject.api.get<V1PodList>(podsPath(subject))).items
}

const nameOf = ({metadata}: V1Pod) => metadata?.name ?? ''

/** To another version, or back to one that was there. */
const roll: Event = (subject, {below}) =>
  edit(subject, {template: {metadata: {labels: {version: String(below(3))}}}})

/** Somebody changes their mind at once. */
const thereAndBack: Event = async (subject, random) => {
  await edit(subject, {template: {metadata: {labels: {version: 'new'}}}})
  await sleep(300 + random.below(1500))
  await edit(subject, {template: {metadata: {labels: {version: '0'}}}})
}

const scale: Event = (subject, {below}) => edit(subject, {replicas: 1 + below(4)})

const partition: Event = (subject, {pick}) =>
  edit(subject, {updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition: pick([0, 0, 1, 2])}}})

const restart: Event = async (subject, {pick}) => {
  const pods = await podsOf(subject)
  if (pods.length > 0) await subject.api.request('DELETE', `${podsPath(subject)}/${nameOf(pick(pods))}`)
}

/** It has a clean shutdown to do. */
const endSlowly: Event = async (subject, {pick}) => {
  const pods = await podsOf(subject)
  if (pods.length === 0) return
  const pod = nameOf(pick(pods))
  await setBehaviour(subject.api, subject.namespace, pod, 'hang-terminating').catch(() => {})
  await subject.api.request('DELETE', `${podsPath(subject)}/${pod}`)
  await sleep(2500)
  // who has it now is another one, or nobody
  await setBehaviour(subject.api, subject.namespace, pod, 'ready').catch(() => {})
}

const deleteEach: Event = async (subject) => {
  for (const pod of await podsOf(subject)) {
    await subject.api.request('DELETE', `${podsPath(subject)}/${nameOf(pod)}`)
    await sleep(800)
  }
}

const cordoned = ({api}: Subject, name: string, unschedulable: boolean) =>
  ask(api, 'PATCH', `/api/v1/nodes/${name}`, {spec: {unschedulable}})

/** For a while; whoever must go meanwhile finds another node, unless its volume is here. */
const cordon: Event = async (subject, random) => {
  const one = random.pick(subject.nodes)
  await cordoned(subject, one, true)
  if (!subject.hasVolumes) await restart(subject, random)
  await sleep(2000)
  await cordoned(subject, one, false)
}

/** As kubectl does it: cordon, evict what may go, ask again where a budget refuses, and make it schedulable again. */
const drain: Event = async (subject, random) => {
  const {api, nodes, namespace, plural, hasVolumes} = subject
  const one = random.pick(nodes)
  await cordoned(subject, one, true)
  // a Pod with a disk here can't be anywhere else, and a daemon stays on a node that is drained
  const mayGo = plural === 'statefulsets' && !hasVolumes
  for (let again = 0; mayGo && again < 10; again++) {
    const here = (await podsOf(subject)).filter(
      ({spec, metadata}) => spec?.nodeName === one && !metadata?.deletionTimestamp,
    )
    if (here.length === 0) break
    for (const pod of here) {
      const metadata = {name: nameOf(pod), namespace}
      const eviction = {apiVersion: 'policy/v1', kind: 'Eviction', metadata}
      await api.request('POST', `${podsPath(subject)}/${nameOf(pod)}/eviction`, eviction)
    }
    await sleep(500)
  }
  await cordoned(subject, one, false)
}

/** `kubectl rollout restart`. */
const restartAll: Event = (subject) =>
  edit(subject, {template: {metadata: {annotations: {'kubectl.kubernetes.io/restartedAt': 'now'}}}})

let joined = 0

const join: Event = ({api, lane}) =>
  ask(api, 'POST', '/api/v1/nodes', node(`joined-${++joined}`, {zone: `zone-${lane}`, labels: {lane}}))

const COMMON = [roll, roll, thereAndBack, restart, restartAll, endSlowly, cordon, drain, drain, join]

const EVENTS = {statefulsets: [...COMMON, scale, scale, scale], daemonsets: [...COMMON, join]}

export async function happen(subject: Subject, random: Seeded): Promise<string> {
  const {plural, isOnDelete} = subject
  const own = plural === 'statefulsets' && !isOnDelete ? [partition] : []
  const event = random.pick([...EVENTS[plural], ...own, ...(isOnDelete ? [deleteEach, deleteEach] : [])])
  await event(subject, random)
  return event.name
}

/** Helps Pods that warm up, each after its while. */
export function helper(subject: Subject) {
  let isOver = false
  const helped = new Set<string>()
  const help = async () => {
    for (; !isOver; await sleep(300)) {
      for (const pod of await podsOf(subject)) {
        const {uid = '', deletionTimestamp} = pod.metadata ?? {}
        if (helped.has(uid) || deletionTimestamp || pod.status?.phase !== 'Running') continue
        helped.add(uid)
        const {namespace, api} = subject
        setTimeout(() => setBehaviour(api, namespace, nameOf(pod), 'ready').catch(() => {}), 2000)
      }
    }
  }
  const running = help()
  running.catch(() => {})
  return async () => {
    isOver = true
    await running
  }
}
