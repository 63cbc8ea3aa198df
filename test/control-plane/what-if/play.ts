import {setTimeout as sleep} from 'node:timers/promises'
import type {
  KubernetesObject,
  V1DaemonSetList,
  V1PersistentVolume,
  V1PersistentVolumeClaimList,
  V1Pod,
  V1PodList,
} from '@kubernetes/client-node'
import type {WhatIfReport} from '../../../src/reports/what-if/report.ts'
import {addNodes} from '../situations/nodes.ts'
import type {ControlPlane} from '../tools/control-plane.ts'
import type {Plugin} from '../tools/plugin.ts'
import {seeded} from '../tools/seeded.ts'
import {until} from '../tools/until.ts'
import {type Act, anyAct, anyOtherAct} from './acts.ts'
import {differences, isReady, type Look} from './compare.ts'
import {orderFaults} from './order.ts'
import {anySituation, type Situation} from './situation.ts'

export interface Played {
  readonly seed: number
  readonly action: string
  readonly state: string
  /** What was said wrongly. */
  readonly faults: readonly string[]
}

/** How long nothing happens when nothing more will. */
const QUIET = 2000
/** The same where a Pod has found no node: by then the scheduler has tried again (podMaxBackoff, 10 seconds). */
const QUIET_WITHOUT_NODE = 12_000
const PATIENCE = 60_000
const OFTEN = 250

/** One situation of that seed, asked about, changed and compared. */
export async function play(controlPlane: ControlPlane, plugin: Plugin, seed: number): Promise<Played> {
  const random = seeded(seed)
  const situation = anySituation(random, `if-${seed}`)
  const act = seed % 4 === 3 ? anyOtherAct(random, situation) : anyAct(random, situation)
  await begin(controlPlane, situation)
  await act.prepare?.(controlPlane)
  const before = await atRest(controlPlane, situation)
  const report = await ask(plugin, act, situation)
  const since = controlPlane.auditLogSize()
  await act.run(controlPlane)
  const faults = await compared(controlPlane, situation, act, report, before)
  const order =
    faults.length > 0 ? [] : orderFaults(report, controlPlane.auditLog(since), situation.namespace)
  const title = `WHAT_IF_SEED=${seed} WHAT_IF_COUNT=1 what-if ${act.ask.join(' ')}, which said ${report.end.state}: ${report.end.message}${unreadyIn(before)}`
  await end(controlPlane, {...situation, nodes: [...situation.nodes, ...(act.adds ? [act.adds] : [])]})
  return {
    seed,
    action: act.ask[0] ?? '',
    state: report.end.state,
    faults: [...faults, ...order].map((fault) => `${title}\n  ${fault}`),
  }
}

async function begin(controlPlane: ControlPlane, {namespace, nodes, objects}: Situation): Promise<void> {
  await addNodes(controlPlane, nodes)
  await controlPlane.createNamespace(namespace)
  const disks = objects.filter(isDisk)
  if (disks.length > 0) await controlPlane.apply(disks)
  // before they are, a Pod finds none
  const read = () =>
    Promise.all(
      disks.map(({metadata}) =>
        controlPlane.get<V1PersistentVolume>(`/api/v1/persistentvolumes/${metadata?.name}`),
      ),
    )
  await until('the disks are available', read, (all) =>
    all.every(({status}) => status?.phase === 'Available'),
  )
  await controlPlane.apply(objects.filter((object) => !isDisk(object)))
}

const isDisk = ({kind}: KubernetesObject) => kind === 'PersistentVolume'

async function ask(plugin: Plugin, {ask: words}: Act, {namespace, broken}: Situation): Promise<WhatIfReport> {
  const never = ['delete', 'scale', 'update', 'drain', 'taint', 'lose'].includes(words[0] ?? '')
    ? broken.flatMap((name) => ['--never-ready', `${namespace}/${name}`])
    : []
  const {stdout, stderr, code} = await plugin.stateful(['what-if', ...words, ...never, '-o', 'json'])
  if (code !== 0 || stderr !== '') throw new Error(`what-if ${words.join(' ')}: ${code} ${stderr}`)
  return JSON.parse(stdout) as WhatIfReport
}

async function look({get}: ControlPlane, namespace: string): Promise<Look> {
  const {items: pods} = await get<V1PodList>(`/api/v1/namespaces/${namespace}/pods`)
  const {items: claims} = await get<V1PersistentVolumeClaimList>(
    `/api/v1/namespaces/${namespace}/persistentvolumeclaims`,
  )
  const {items: daemonSets} = await get<V1DaemonSetList>(`/apis/apps/v1/namespaces/${namespace}/daemonsets`)
  return {pods, claims, daemonSets}
}

/** Nothing has to come any more: Pods are ready, broken for good, or refused by the scheduler. */
function isResting({pods}: Look, {broken, sets, objects}: Situation): boolean {
  const isOver = ({metadata, status}: V1Pod) =>
    !metadata?.deletionTimestamp &&
    (broken.includes(metadata?.name ?? '') ||
      (status?.conditions ?? []).some(
        ({type, status: is}) =>
          (type === 'Ready' && is === 'True') || (type === 'PodScheduled' && is === 'False'),
      ))
  const isOf = (owner: string) => (pod: V1Pod) => pod.metadata?.ownerReferences?.[0]?.name === owner
  const areThere = sets.every(({metadata, spec}) => {
    const own = pods.filter(isOf(metadata?.name ?? ''))
    const isStopped = spec?.podManagementPolicy !== 'Parallel' && own.some((pod) => !isReady(pod))
    return own.length === spec?.replicas || (isStopped && own.length > 0)
  })
  const daemons = objects.filter(({kind}) => kind === 'DaemonSet').length > 0
  return areThere && (!daemons || pods.some(isOf('agent'))) && pods.every(isOver)
}

const stateOf = ({pods, claims}: Look) =>
  JSON.stringify([...pods, ...claims].map(({metadata}) => [metadata?.uid, metadata?.resourceVersion]))

/** What there is once nothing moves any more: containers that crash move for ever. */
async function atRest(controlPlane: ControlPlane, situation: Situation): Promise<Look> {
  const {namespace} = situation
  const deadline = performance.now() + PATIENCE
  let [last, since] = [await look(controlPlane, namespace), performance.now()]
  while (performance.now() < deadline) {
    await sleep(OFTEN)
    const now = await look(controlPlane, namespace)
    if (stateOf(now) !== stateOf(last) || !isResting(now, situation)) since = performance.now()
    last = now
    if (performance.now() - since > (now.pods.some(isWithoutNode) ? QUIET_WITHOUT_NODE : QUIET)) break
  }
  return last
}

const isWithoutNode = ({spec}: V1Pod) => !spec?.nodeName

/** Why Pods were not ready when it was asked. */
function unreadyIn({pods}: Look): string {
  const whys = pods
    .filter((pod) => !isReady(pod))
    .map(({metadata, status}) => {
      const why = status?.conditions?.find(({type}) => type === 'PodScheduled')?.message
      return `${metadata?.name}: ${why ?? status?.phase}`
    })
  return whys.length > 0 ? ` (not ready before: ${whys.join('; ')})` : ''
}

/** Faults that are left when the cluster has had the time to become what was said, and stays so. */
async function compared(
  controlPlane: ControlPlane,
  {namespace}: Situation,
  {adds}: Act,
  report: WhatIfReport,
  before: Look,
): Promise<readonly string[]> {
  const deadline = performance.now() + PATIENCE
  let [faults, since] = [['nobody has looked'] as readonly string[], performance.now()]
  while (performance.now() < deadline) {
    faults = differences(report, before, await look(controlPlane, namespace), adds?.metadata?.name)
    if (faults.length > 0) since = performance.now()
    if (performance.now() - since > QUIET) return []
    await sleep(OFTEN)
  }
  return faults
}

async function end({request, kubectl}: ControlPlane, {namespace, nodes, objects}: Situation): Promise<void> {
  await kubectl(['delete', 'sts,ds,deploy,pdb', '--all', '-n', namespace, '--wait=false'])
  await request('DELETE', `/api/v1/namespaces/${namespace}/pods`)
  await request('DELETE', `/api/v1/namespaces/${namespace}`)
  for (const {kind, metadata} of objects) {
    if (kind === 'PersistentVolume') await request('DELETE', `/api/v1/persistentvolumes/${metadata?.name}`)
    if (kind === 'CSINode') await request('DELETE', `/apis/storage.k8s.io/v1/csinodes/${metadata?.name}`)
  }
  for (const {metadata} of nodes) await request('DELETE', `/api/v1/nodes/${metadata?.name}`)
}
