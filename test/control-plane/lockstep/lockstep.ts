import {setTimeout as sleep} from 'node:timers/promises'
import {collect, collectMore, projected} from '../../../src/cluster/collect.ts'
import {connect} from '../../../src/cluster/connect.ts'
import type {Connection} from '../../../src/cluster/connection.ts'
import {type Scope, within} from '../../../src/model/scope.ts'
import type {ClusterSnapshot} from '../../../src/model/snapshot.ts'
import {rolloutQuestion} from '../../../src/reports/rollout/question.ts'
import type {RolledWorkload} from '../../../src/reports/rollout/report.ts'
import type {Component} from '../tools/component-arguments.ts'
import {type ControlPlane, type ControlPlaneOptions, startControlPlane} from '../tools/control-plane.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {controllerLogSize, controllersIdle, TELL_OF_SYNCS, workersIdle} from './idle.ts'
import {type Sync, syncsOf} from './syncs.ts'
import {controllerWrites} from './writes.ts'

/**
 * A control plane in which controllers and workers take turns, so that what a controller sees first is exactly what
 * we saw last. The controllers' process is a new one each time: a resumed one would be told of all changes one by one,
 * and act on states that lay in between.
 */
export interface Lockstep {
  readonly controlPlane: ControlPlane
  readonly namespace: string
  /** The workers' turn, a look at all workloads, and the controllers' turn. */
  readonly turn: () => Promise<readonly Sync[]>
  readonly stop: () => Promise<void>
}

const NAMESPACE = 'lockstep'
const SCOPE: Scope = {namespace: NAMESPACE, names: []}
const WORKERS: readonly Component[] = ['kwok', 'kube-scheduler']
const FAST = ['--kube-api-qps=2000', '--kube-api-burst=2000']
/** Until the API server has answered whoever was stopped in the middle. */
const IN_FLIGHT = 60

export async function startLockstep(options: ControlPlaneOptions = {}): Promise<Lockstep> {
  const controlPlane = await startControlPlane({
    ...options,
    controllerManagerArgs: [...CONTROLLERS, TELL_OF_SYNCS, ...FAST, ...(options.controllerManagerArgs ?? [])],
    schedulerArgs: FAST,
  })
  await controlPlane.createNamespace(NAMESPACE)
  await controlPlane.stopComponent('kube-controller-manager')
  for (const worker of WORKERS) controlPlane.pauseComponent(worker)
  const connection = await connect({kubeconfig: controlPlane.operator}, {note: () => {}})
  const stop = async () => {
    await connection.close()
    await stopAfterReadsOnly(controlPlane)
  }
  return {controlPlane, namespace: NAMESPACE, turn: () => turn(controlPlane, connection), stop}
}

/** Nobody but these writes to a Pod or to a node; taints in particular are the tests' own. */
const CONTROLLERS = ['--controllers=serviceaccount-controller,statefulset-controller,daemonset-controller']

async function turn(controlPlane: ControlPlane, connection: Connection): Promise<readonly Sync[]> {
  await workersTurn(controlPlane)
  const before = await look(connection)
  const workloads = rolled(before)
  const since = controlPlane.auditLogSize()
  const controllersWork = async () => {
    await controllersTurn(controlPlane, workloads)
    const writes = controllerWrites(controlPlane.auditLog(since), before)
    return syncsOf({before, after: await look(connection), workloads, writes, rolled})
  }
  const syncs = await controllersWork()
  // On a busy machine a pause may be taken for the end; a prediction that is wrong stays so.
  return syncs.some(({wrong}) => wrong) ? await controllersWork() : syncs
}

async function workersTurn(controlPlane: ControlPlane): Promise<void> {
  for (const worker of WORKERS) controlPlane.resumeComponent(worker)
  await workersIdle(controlPlane, NAMESPACE)
  for (const worker of WORKERS) controlPlane.pauseComponent(worker)
  await sleep(IN_FLIGHT)
}

async function controllersTurn(controlPlane: ControlPlane, workloads: readonly RolledWorkload[]) {
  const since = controllerLogSize(controlPlane)
  await controlPlane.startComponent('kube-controller-manager')
  const names = workloads.map(({namespace, name}) => `${namespace}/${name}`)
  await controllersIdle(controlPlane, since, names)
  await controlPlane.stopComponent('kube-controller-manager')
  await sleep(IN_FLIGHT)
}

/** As our own report reads the cluster, with all claims: a second sync of the turn may ask for one that the first did not. */
async function look(connection: Connection): Promise<ClusterSnapshot> {
  const reading = {connection, chunkSize: 500, keep: projected, onProgress: () => {}}
  const claims = {resource: 'persistentVolumeClaims', ...within(SCOPE)} as const
  const first = await collect(reading, [...rolloutQuestion.needs(SCOPE), claims])
  return await collectMore(reading, first, rolloutQuestion.more(first, SCOPE))
}

function rolled(snapshot: ClusterSnapshot): readonly RolledWorkload[] {
  return rolloutQuestion.build(snapshot, SCOPE).workloads
}
