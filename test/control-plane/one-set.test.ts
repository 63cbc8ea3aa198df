import type {V1VolumeAttachmentList} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {attachmentName} from '../../src/model/attachment-name.ts'
import {addNodes, node, threeZones} from './situations/nodes.ts'
import {claim, handMadeClaim, handMadeVolume, storageClass} from './situations/volumes.ts'
import {untilReady} from './situations/waits.ts'
import {daemonSet, headlessService, statefulSet} from './situations/workloads.ts'
import {type ControlPlane, startControlPlane} from './tools/control-plane.ts'
import {describeControlPlane} from './tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from './tools/plugin.ts'
import {type Cost, costOf, documented, type Row} from './tools/request-table.ts'
import {requestsOf, stopAfterReadsOnly} from './tools/requests.ts'
import {until} from './tools/until.ts'

const DRIVER = 'disk.example.com'
const ATTACHMENTS = '/apis/storage.k8s.io/v1/volumeattachments'
/** Without it the kubelet attaches by itself. */
const MANAGED = {'volumes.kubernetes.io/controller-managed-attach-detach': 'true'}

/** What is asked about one thing, and must not cost more in a larger cluster. */
const ABOUT_ONE = [
  'map db -n shop',
  'rollout sts/db -n shop',
  'why sts/db -n shop',
  'why pod/db-0 -n shop',
] as const

/** These concern all of their namespace, all nodes, or everything. */
const ABOUT_MORE = [
  'why pvc/data-db-0 -n shop',
  'map -n shop',
  'rollout -n shop',
  'rollout ds/agent -n shop',
  'map -A',
  'rollout -A',
] as const

const numbers = (count: number) => Array.from({length: count}, (_, index) => index)

function driverVolume(name: string, claimName?: string) {
  const {hostPath: _, ...spec} = handMadeVolume(name).spec ?? {}
  const csi = {driver: DRIVER, volumeHandle: `handle-${name}`}
  const claimRef = claimName === undefined ? {} : {claimRef: {namespace: 'shop', name: claimName}}
  return {...handMadeVolume(name), spec: {...spec, ...claimRef, csi, storageClassName: 'local'}}
}

/** Objects that have nothing to do with the set, also in its own namespace. */
const unrelated = [
  ...numbers(600).map((index) => driverVolume(`other-${index}`)),
  ...numbers(600).map((index) => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'VolumeAttachment',
    metadata: {name: `other-${index}`},
    spec: {
      attacher: 'other.example.com',
      nodeName: 'node-a',
      source: {persistentVolumeName: `other-${index}`},
    },
  })),
  ...numbers(200).map((index) => handMadeClaim(`other-${index}`, 'shop')),
  headlessService('other', 'shop'),
  statefulSet({name: 'other', namespace: 'shop', replicas: 20, spec: {podManagementPolicy: 'Parallel'}}),
  statefulSet({name: 'far', namespace: 'far', replicas: 20, spec: {podManagementPolicy: 'Parallel'}}),
]

describeControlPlane('what one set costs', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let small: ReadonlyMap<string, Cost>
  let large: ReadonlyMap<string, Cost>

  const costs = async () => {
    const all = new Map<string, Cost>()
    for (const question of [...ABOUT_ONE, ...ABOUT_MORE]) {
      const ask = () => plugin.stateful(question.split(' '))
      const entries = await requestsOf(controlPlane, async () => expect(await ask()).toMatchObject({code: 0}))
      all.set(question, await costOf(controlPlane, entries))
    }
    return all
  }

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    const nodes = threeZones().map((each) => ({...each, metadata: {...each.metadata, annotations: MANAGED}}))
    await addNodes(controlPlane, nodes)
    await Promise.all(['shop', 'far'].map(controlPlane.createNamespace))
    await controlPlane.apply([
      storageClass(),
      ...numbers(3).map((index) => driverVolume(`disk-${index}`, `data-db-${index}`)),
      headlessService('db', 'shop'),
      statefulSet({namespace: 'shop', claims: [claim('data')]}),
      daemonSet({name: 'agent', namespace: 'shop'}),
    ])
    await untilReady(controlPlane, 'shop', 'db')
    const list = () => controlPlane.get<V1VolumeAttachmentList>(ATTACHMENTS)
    await until('the volumes are to be attached', list, ({items}) => items.length === 3)
    small = await costs()
    await addNodes(
      controlPlane,
      numbers(60).map((index) => node(`other-${index}`)),
    )
    await controlPlane.apply(unrelated)
    await untilReady(controlPlane, 'shop', 'other')
    large = await costs()
  }, 600_000)

  afterAll(() => stopAfterReadsOnly(controlPlane))

  test('attachments have the name that the set asks for', async () => {
    const {items} = await controlPlane.get<V1VolumeAttachmentList>(ATTACHMENTS)
    const own = items.filter(({spec}) => spec.attacher === DRIVER)
    expect(own).toHaveLength(3)
    for (const {metadata, spec} of own) {
      const volume = driverVolume(spec.source.persistentVolumeName ?? '')
      expect(metadata?.name).toBe(attachmentName(volume as never, spec.nodeName))
    }
  })

  test.for(ABOUT_ONE)('%s asks for the same, however large the cluster is', (question) => {
    expect(large.get(question)?.requests).toEqual(small.get(question)?.requests)
  })

  test.for(ABOUT_ONE)('%s reads nodes, volumes and attachments by their names', (question) => {
    const lists = small
      .get(question)
      ?.requests.filter((each) => /(nodes|volumes|volumeattachments)\?/.test(each))
    expect(lists).toEqual([])
  })

  test('a map asks for each thing once, and for nothing else', () => {
    const requests = small
      .get('map db -n shop')
      ?.requests.map((each) => each.replace(/csi-[0-9a-f]{64}/, 'csi-…'))
    const three = [0, 1, 2]
    expect(requests).toEqual([
      // nobody labels a claim that is made for an ordinal to come
      'get /api/v1/namespaces/shop/persistentvolumeclaims/data-db-3',
      'get /api/v1/namespaces/shop/services/db',
      ...['a', 'b', 'c'].map((letter) => `get /api/v1/nodes/node-${letter}`),
      ...three.map((index) => `get /api/v1/persistentvolumes/disk-${index}`),
      'get /apis/apps/v1/namespaces/shop/statefulsets/db',
      'get /apis/storage.k8s.io/v1/storageclasses/local',
      ...three.map(() => 'get /apis/storage.k8s.io/v1/volumeattachments/csi-…'),
      'get /version',
      'list /api/v1/namespaces/default/events?fieldSelector=involvedObject.kind=PersistentVolume,reason=VolumeFailedDelete&limit=500',
      'list /api/v1/namespaces/shop/persistentvolumeclaims?labelSelector=app=db&limit=500',
      'list /api/v1/namespaces/shop/pods?labelSelector=app=db&limit=500',
    ])
  })

  test('docs/requests.md says so', () => {
    const rows: Row[] = [...large].map(([question, cost]) => ({
      question,
      small: small.get(question) ?? cost,
      large: cost,
    }))
    const told = documented(rows)
    expect([...told.keys()]).toEqual(rows.map(({question}) => question))
    for (const {question, small: few, large: many} of rows) {
      const [fewRequests, manyRequests, fewBytes = 0, manyBytes = 0] = told.get(question) ?? []
      expect([question, few.requests.length, many.requests.length]).toEqual([
        question,
        fewRequests,
        manyRequests,
      ])
      // objects grow by a few bytes with the time of their life
      expect(Math.abs(few.kilobytes - fewBytes), question).toBeLessThanOrEqual(2 + fewBytes / 5)
      expect(Math.abs(many.kilobytes - manyBytes), question).toBeLessThanOrEqual(2 + manyBytes / 5)
    }
  })
})
