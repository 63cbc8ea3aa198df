import {isDeepStrictEqual} from 'node:util'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {collect, projected} from '../../src/cluster/collect.ts'
import {connect} from '../../src/cluster/connect.ts'
import type {Connection} from '../../src/cluster/connection.ts'
import {list} from '../../src/cluster/list.ts'
import {listPath} from '../../src/cluster/resources.ts'
import {follow} from '../../src/cluster/watch/follow.ts'
import type {Need} from '../../src/model/scope.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {readyAfter} from './situations/behaviours.ts'
import {addNodes} from './situations/nodes.ts'
import {untilReady} from './situations/waits.ts'
import {statefulSet} from './situations/workloads.ts'
import {type ControlPlane, startControlPlane} from './tools/control-plane.ts'
import {describeControlPlane} from './tools/describe-control-plane.ts'
import {stopAfterReadsOnly} from './tools/requests.ts'
import {until} from './tools/until.ts'

const NAMESPACE = 'followed'
const needs: readonly Need[] = [
  {resource: 'statefulSets', namespace: NAMESPACE, isSubject: true},
  {resource: 'pods', namespace: NAMESPACE},
]

describeControlPlane('follow', () => {
  let controlPlane: ControlPlane
  let connection: Connection
  const notes: string[] = []

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    await addNodes(controlPlane)
    await controlPlane.createNamespace(NAMESPACE)
    await controlPlane.apply(statefulSet({namespace: NAMESPACE, annotations: readyAfter('1s')}))
    await untilReady(controlPlane, NAMESPACE, 'db')
    connection = await connect({kubeconfig: controlPlane.kubeconfig}, {note: (line) => notes.push(line)})
  })

  afterAll(async () => {
    await connection?.close()
    await stopAfterReadsOnly(controlPlane)
  })

  const roll = (image: string) => {
    const template = {spec: {containers: [{name: 'app', image}]}}
    return controlPlane.request('PATCH', `/apis/apps/v1/namespaces/${NAMESPACE}/statefulsets/db`, {
      spec: {template},
    })
  }

  test('a change comes in protobuf: with what is kept, and the version to go on from', async () => {
    const [need] = needs as [Need]
    const {resourceVersion} = await list(connection, need, 500, projected('statefulSets'))
    const {signal} = new AbortController()
    const changes = await connection.watch(
      listPath('statefulSets', NAMESPACE),
      {watch: 'true', resourceVersion},
      {signal, idle: 300_000},
    )
    await controlPlane.request('PATCH', `/apis/apps/v1/namespaces/${NAMESPACE}/statefulsets/db`, {
      metadata: {labels: {seen: 'yes'}},
    })
    for await (const {type, object} of changes) {
      // of JSON all that there is would have been read
      expect(Object.keys(object).toSorted()).toEqual(['metadata', 'spec', 'status'])
      expect(type).toBe('MODIFIED')
      expect(object.metadata).toMatchObject({name: 'db', labels: {seen: 'yes'}})
      expect(Number(object.metadata?.resourceVersion)).toBeGreaterThan(Number(resourceVersion))
      break
    }
  })

  test('goes on through a rollout and a restart of the API server, and ends where a fresh look begins', async () => {
    const reading = {connection, chunkSize: 500, keep: projected, onProgress: () => {}}
    const controller = new AbortController()
    const snapshots: ClusterSnapshot[] = []
    const end = follow(reading, needs, {
      signal: controller.signal,
      onSnapshot: (snapshot) => void snapshots.push(snapshot),
      onNote: (line) => notes.push(line),
    }).catch((error: unknown) => error)
    await until('the first snapshot', () => snapshots.length > 0)
    expect(snapshots[0]).toMatchObject({statefulSets: [{}], pods: [{}, {}, {}], omissions: []})
    const before = uids(snapshots[0])

    await roll('example/app:2')
    await until('one Pod is another', () => uids(snapshots.at(-1)).some((uid) => !before.includes(uid)))
    expect(uids(snapshots.at(-1)).some((uid) => before.includes(uid))).toBe(true)
    await controlPlane.stopComponent('kube-apiserver')
    await controlPlane.startComponent('kube-apiserver')
    await untilReady(controlPlane, NAMESPACE, 'db')
    await until(
      'what is followed is what is there',
      async () => [snapshots.at(-1), await collect(reading, needs)] as const,
      ([followed, fresh]) => sameState(followed, fresh) && uids(fresh).every((uid) => !before.includes(uid)),
      {timeout: 90_000, interval: 250},
    )
    controller.abort()
    expect(await end).toBeUndefined()
    expect(snapshots.at(-1)?.omissions).toEqual([])
    const requests = controlPlane
      .auditLog()
      .filter(({userAgent}) => userAgent.startsWith('kubectl-stateful/'))
    const verbs = new Set(requests.filter(({resource}) => resource !== undefined).map(({verb}) => verb))
    expect([...verbs].toSorted()).toEqual(['list', 'watch'])
  })
})

function uids(snapshot: ClusterSnapshot | undefined): readonly (string | undefined)[] {
  return (snapshot?.pods ?? []).map(({metadata}) => metadata?.uid)
}

function sameState(one: ClusterSnapshot | undefined, other: ClusterSnapshot): boolean {
  return isDeepStrictEqual({...one, observedAt: ''}, {...other, observedAt: ''})
}
