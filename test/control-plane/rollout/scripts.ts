import type {V1PodCondition, V1StatefulSetSpec} from '@kubernetes/client-node'
import {ask, type Played, type Plural, type Script, untilQuiet, untilSync} from '../lockstep/play.ts'
import {node} from '../situations/nodes.ts'
import {daemonSet, type StatefulSetOptions, statefulSet} from '../situations/workloads.ts'

/** A rollout from its beginning to its end. */
export interface Rollout {
  readonly title: string
  readonly plural: Plural
  readonly name: string
  /** In at least that many turns Pods are created or deleted. */
  readonly acted: number
  readonly script: Script
}

/** Of a StatefulSet. */
export function ofStatefulSet(name: string, acted: number, title: string, script: Script): Rollout {
  return {title, plural: 'statefulsets', name, acted, script}
}

/** Of a DaemonSet. */
export function ofDaemonSet(name: string, acted: number, title: string, script: Script): Rollout {
  return {title, plural: 'daemonsets', name, acted, script}
}

export const PARALLEL: Partial<V1StatefulSetSpec> = {podManagementPolicy: 'Parallel'}

export function rolling(rollingUpdate: object): Partial<V1StatefulSetSpec> {
  return {updateStrategy: {type: 'RollingUpdate', rollingUpdate}}
}

/** Creates a StatefulSet at version 1 and waits for all that comes of it. */
export async function* started(db: Played, options: StatefulSetOptions = {}) {
  const {name, namespace} = db
  await db.create(statefulSet({name, namespace, labels: {version: '1'}, ...options}))
  yield* untilQuiet(db)
}

/** Gives it another template and waits until there is nothing more to do. */
export async function* rolled(set: Played, version: number, annotations?: Record<string, string | null>) {
  await set.roll(version, annotations)
  yield* untilQuiet(set)
}

/** Gives it another template and waits until that many Pods have it. */
export async function* halfRolled(set: Played, version: number, pods = 1) {
  await set.roll(version)
  const isThere = (pod: string) => pod.includes('Running')
  yield* untilSync(
    set,
    ({podsAfter, workload: {counts}}) => counts.updated === pods && podsAfter.every(isThere),
  )
}

/** Nodes of a DaemonSet's own; nobody takes the taint off that the API server gives to new ones. */
export async function addNodes({api}: Played, pool: string, count: number, from = 0): Promise<string[]> {
  const names = Array.from({length: count}, (_, index) => `${pool}-${index + from}`)
  for (const name of names) await addNode(api, name, {pool})
  return names
}

export async function addNode(
  api: Played['api'],
  name: string,
  labels: Readonly<Record<string, string>> = {},
) {
  await ask(api, 'POST', '/api/v1/nodes', node(name, {labels}))
  await taint(api, name)
}

/** These are the node's taints from now on. */
export async function taint(
  api: Played['api'],
  name: string,
  effects: Readonly<Record<string, string>> = {},
) {
  const taints = Object.entries(effects).map(([effect, key]) => ({key, effect}))
  await ask(api, 'PATCH', `/api/v1/nodes/${name}`, {spec: {taints}})
}

/** Creates a DaemonSet at version 1 on nodes of its own and waits for all that comes of it. */
export async function* covering(
  agent: Played,
  updateStrategy: object,
  {count = 4, annotations = {}}: {count?: number; annotations?: Record<string, string>} = {},
) {
  const {name, namespace} = agent
  await addNodes(agent, name, count)
  const podSpec = {nodeSelector: {pool: name}}
  const spec = {updateStrategy}
  await agent.create(daemonSet({name, namespace, labels: {version: '1'}, annotations, podSpec, spec}))
  yield* untilQuiet(agent)
}

const LONG_AGO = '2001-01-01T00:00:00Z'

/** Has a Pod have been ready for years. */
export async function age({setStatus, pods}: Played, ...names: string[]): Promise<void> {
  for (const {metadata, status} of await pods()) {
    if (!names.includes(metadata?.name ?? '')) continue
    const aged = (each: V1PodCondition) =>
      ({...each, lastTransitionTime: LONG_AGO}) as unknown as V1PodCondition
    await setStatus(metadata?.name ?? '', {conditions: (status?.conditions ?? []).map(aged)})
  }
}
