import type {V1OwnerReference, V1Pod, V1StatefulSet} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {POD_STATES, type PodState, SHAPES} from '../situations/pod-states.ts'
import {statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'

const PODS = '/api/v1/namespaces/default/pods'

const MEMBER = {'statefulset.kubernetes.io/pod-name': 'any'}
const HELD = {finalizers: ['kubectl-stateful.test/held']}
const WORDS =
  'Completed CrashLoopBackOff ErrImagePull Error Evicted ExitCode:0 ExitCode:2 ExitCode:3 Failed Init:0/2 Init:1/2 Init:CrashLoopBackOff Init:Error Init:ExitCode:3 Init:OOMKilled Init:Signal:9 NodeLost NotReady OOMKilled Pending PodInitializing Running SchedulingGated Signal:9 Succeeded Terminating Unknown'

describeControlPlane('READY, STATUS and RESTARTS of map', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane({kwok: false})
    plugin = installPlugin(controlPlane)
    // No controller, scheduler or kubelet touches what is written here.
    await controlPlane.stopComponent('kube-controller-manager')
    await controlPlane.stopComponent('kube-scheduler')
    await controlPlane.apply(statefulSet({replicas: POD_STATES.length}))
    const {metadata} = await controlPlane.get<V1StatefulSet>(
      '/apis/apps/v1/namespaces/default/statefulsets/db',
    )
    const owner = {apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: metadata?.uid ?? ''}
    await Promise.all(POD_STATES.map((state, ordinal) => write(state, ordinal, {...owner, controller: true})))
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const send = async (method: string, path: string, body: unknown, wanted: number) => {
    const answer = await controlPlane.request(method, path, body)
    expect(answer, `${method} ${path}`).toMatchObject({code: wanted})
  }

  async function write({shape, status, isTerminating}: PodState, ordinal: number, owner: V1OwnerReference) {
    const name = `db-${ordinal}`
    const pod: V1Pod = {
      metadata: {name, labels: {app: 'db', ...MEMBER}, ownerReferences: [owner], ...(isTerminating && HELD)},
      spec: {nodeName: 'node', ...SHAPES[shape], ...{initContainers: [...SHAPES[shape].initContainers]}},
    }
    await send('POST', PODS, pod, 201)
    if (isTerminating) await send('DELETE', `${PODS}/${name}`, undefined, 200)
    await send('PATCH', `${PODS}/${name}/status`, {status}, 200)
  }

  test('are those of kubectl get pods, whatever state a Pod is in', async () => {
    const kubectl = await controlPlane.kubectl(['get', 'pods'])
    const rows = new Map(table(kubectl.stdout).map((row) => [row.NAME, row]))
    const kubectls = POD_STATES.map(({title}, ordinal) => {
      const {STATUS, READY, RESTARTS} = rows.get(`db-${ordinal}`) ?? {}
      return `${title}: ${STATUS} ${READY} ${RESTARTS?.split(' ')[0]}`
    })
    const ours = ordinals(await plugin.map('db')).map(({pod, ordinal}) => {
      const {status, containers, restarts} = pod ?? {}
      return `${POD_STATES[ordinal ?? 0]?.title}: ${status} ${containers?.ready}/${containers?.total} ${restarts}`
    })
    expect(ours).toEqual(kubectls)
  })

  test('include every kind of word that kubectl has', async () => {
    const words = new Set(ordinals(await plugin.map('db')).map(({pod}) => pod?.status))
    expect([...words].toSorted().join(' ').trim()).toBe(WORDS)
  })
})
