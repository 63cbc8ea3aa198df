import type {V1Pod} from '@kubernetes/client-node'
import {ask, type Played, type Plural} from '../lockstep/play.ts'
import type {Seeded} from '../tools/seeded.ts'
import {
  NOT_OF_ITS_NODE,
  randomDaemonStrategy,
  randomOrdinals,
  randomReplicas,
  randomStrategy,
  randomTemplate,
} from './random-sets.ts'
import {addNode, age, taint} from './scripts.ts'

type Event = (set: Played, pod: V1Pod | undefined, random: Seeded) => Promise<unknown>

const nameOf = (pod: V1Pod | undefined) => pod?.metadata?.name ?? ''

const NOT_READY = {conditions: [{type: 'Ready', status: 'False'}]}

/** What a person, a kubelet or a node does. */
const TO_PODS: readonly Event[] = [
  (set, pod) => set.deletePod(nameOf(pod)),
  (set, pod) => set.deletePod(nameOf(pod)),
  (set, pod, {pick}) => behave(set, pod, pick(['not-ready', 'crash', 'ready', 'ready'] as const)),
  (set, pod) => behave(set, pod, 'hang-terminating'),
  (set, pod, {chance}) => end(set, pod, chance(70) ? 'Failed' : 'Succeeded', chance(50)),
  (set, pod) => age(set, nameOf(pod)),
  repair,
  repair,
  repair,
]

const TO_STATEFUL_SETS: readonly Event[] = [
  (set, _, random) => set.edit({template: randomTemplate(random)}),
  (set, _, random) => set.edit({template: randomTemplate(random)}),
  (set, _, random) => set.edit({template: randomTemplate(random)}),
  (set, _, random) => set.edit({replicas: randomReplicas(random)}),
  (set, _, random) => set.edit({ordinals: randomOrdinals(random)}),
  (set, _, random) => set.edit({updateStrategy: {rollingUpdate: null, ...randomStrategy(random)}}),
  (set, pod) => ask(set.api, 'DELETE', claimOf(set, pod)),
  (set, pod) => ask(set.api, 'PATCH', claimOf(set, pod), {metadata: {finalizers: null}}),
]

const TO_DAEMON_SETS: readonly Event[] = [
  (set, _, random) => set.edit({template: randomTemplate(random)}),
  (set, _, random) => set.edit({template: randomTemplate(random)}),
  (set, _, random) => set.edit({template: randomTemplate(random)}),
  (set, _, random) => set.edit({updateStrategy: {rollingUpdate: null, ...randomDaemonStrategy(random)}}),
  (set, pod) => double(set, pod),
]

const EVENTS = {statefulsets: TO_STATEFUL_SETS, daemonsets: TO_DAEMON_SETS}

/** One thing happens to that workload; false where it could not. */
export async function randomEvent(set: Played, plural: Plural, random: Seeded): Promise<boolean> {
  const pods = (await set.pods()).toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const pod = pods.length > 0 ? random.pick(pods) : undefined
  const event = random.pick([...TO_PODS, ...EVENTS[plural]])
  return event(set, pod, random).then(
    () => true,
    () => false,
  )
}

/** All of its Pods do well, and have done for years. */
async function repair(set: Played): Promise<void> {
  const pods = await set.pods()
  for (const pod of pods) await behave(set, pod, 'ready')
  await age(set, ...pods.map(nameOf))
}

async function behave(set: Played, pod: V1Pod | undefined, next: Parameters<Played['behave']>[1]) {
  const path = `/api/v1/namespaces/${set.namespace}/pods/${nameOf(pod)}`
  await ask(set.api, 'PATCH', path, {metadata: {annotations: NOT_OF_ITS_NODE(pod?.spec?.nodeName ?? '')}})
  await set.behave(nameOf(pod), next)
}

async function end(set: Played, pod: V1Pod | undefined, phase: string, isReady: boolean) {
  await behave(set, pod, 'manual')
  await set.setStatus(nameOf(pod), {phase, ...(isReady ? {} : NOT_READY)})
}

function claimOf({namespace}: Played, pod: V1Pod | undefined): string {
  return `/api/v1/namespaces/${namespace}/persistentvolumeclaims/data-${nameOf(pod)}`
}

/** A second Pod where the set has one: too many. */
async function double(set: Played, pod: V1Pod | undefined): Promise<void> {
  const {name, labels = {}, annotations = {}, ownerReferences = []} = pod?.metadata ?? {}
  const metadata = {name: `${name}-twin`, labels, annotations, ownerReferences}
  const {nodeName = '', containers = [], tolerations = []} = pod?.spec ?? {}
  const spec = {nodeName, tolerations, containers: containers.map(({image}) => ({name: 'app', image}))}
  await ask(set.api, 'POST', `/api/v1/namespaces/${set.namespace}/pods`, {metadata, spec})
}

const TAINTS = ['dedicated', 'node.kubernetes.io/unreachable', 'node.kubernetes.io/not-ready']

/** Something happens to a node: it is tainted or not, gone or back. */
export async function randomNodeEvent(api: Played['api'], nodes: readonly string[], random: Seeded) {
  const node = random.pick(nodes)
  if ((await api.request('GET', `/api/v1/nodes/${node}`)).code === 404) return await addNode(api, node)
  if (random.chance(10)) return await ask(api, 'DELETE', `/api/v1/nodes/${node}`)
  if (random.chance(60)) return await taint(api, node)
  const key = random.pick(TAINTS)
  const effects = random.chance(50) ? {NoSchedule: key} : {NoSchedule: key, NoExecute: key}
  return await taint(api, node, effects)
}
