import type {V1PersistentVolumeClaimList, V1Pod, V1PodList} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {
  type Behaviour,
  behaviour,
  behaviourOf,
  setBehaviour,
  setNodeBehaviour,
  setPodStatus,
} from '../situations/behaviours.ts'
import {addNodes} from '../situations/nodes.ts'
import {initContainer} from '../situations/pod-template.ts'
import {claim, localVolume, storageClass, zonalVolume} from '../situations/volumes.ts'
import {daemonSet, headlessService, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from './control-plane.ts'
import {describeControlPlane} from './describe-control-plane.ts'
import {stopAfterReadsOnly} from './requests.ts'
import {until} from './until.ts'

describeControlPlane('control plane', () => {
  let controlPlane: ControlPlane

  beforeAll(async () => {
    const start = performance.now()
    controlPlane = await startControlPlane()
    console.log(`control plane up in ${((performance.now() - start) / 1000).toFixed(1)} s`)
    await addNodes(controlPlane)
    await controlPlane.apply(storageClass())
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const statusOf = async (namespace: string, pod: string) => {
    const {stdout} = await controlPlane.kubectl(['get', 'pod', pod, '-n', namespace, '--no-headers'])
    return stdout.split(/\s+/)[2]
  }

  const untilStatus = (namespace: string, pod: string, word: string) =>
    until(
      `${pod} is ${word}`,
      () => statusOf(namespace, pod),
      (status) => status === word,
    )

  test('is Kubernetes 1.37.1', async () => {
    expect(await controlPlane.get('/version')).toMatchObject({gitVersion: 'v1.37.1', minor: '37'})
  })

  test('runs a StatefulSet on local volumes, in order', async () => {
    await controlPlane.createNamespace('ordered')
    const volumes = ['a', 'b', 'c'].map((letter) => localVolume(`disk-${letter}`, `node-${letter}`))
    const set = statefulSet({namespace: 'ordered', claims: [claim('data')]})
    await controlPlane.apply([...volumes, headlessService('db', 'ordered'), set])
    const rollout = await controlPlane.kubectl([
      'rollout',
      'status',
      'sts/db',
      '-n',
      'ordered',
      '--timeout=30s',
    ])
    expect(rollout).toMatchObject({code: 0})

    const claims = await controlPlane.get<V1PersistentVolumeClaimList>(
      '/api/v1/namespaces/ordered/persistentvolumeclaims',
    )
    expect(claims.items.map((each) => [each.metadata?.name, each.status?.phase])).toEqual([
      ['data-db-0', 'Bound'],
      ['data-db-1', 'Bound'],
      ['data-db-2', 'Bound'],
    ])
    const nodes = (await controlPlane.get<V1PodList>('/api/v1/namespaces/ordered/pods')).items.map(
      (pod) => pod.spec?.nodeName,
    )
    expect(nodes.toSorted()).toEqual(['node-a', 'node-b', 'node-c'])
    const created = controlPlane
      .auditLog()
      .filter(
        ({verb, resource, namespace}) => verb === 'create' && resource === 'pods' && namespace === 'ordered',
      )
      .filter(({subresource}) => subresource === undefined)
    expect(created.map(({name}) => name)).toEqual(['db-0', 'db-1', 'db-2'])
  })

  test('has kubectl say each behaviour in its own words', async () => {
    await controlPlane.createNamespace('behaviours')
    const words = {
      ready: 'Running',
      'not-ready': 'Running',
      creating: 'ContainerCreating',
      crash: 'CrashLoopBackOff',
      'init-crash': 'Init:CrashLoopBackOff',
      'image-pull': 'ImagePullBackOff',
      manual: 'Pending',
    } as const satisfies Partial<Record<Behaviour, string>>
    const behaviours = Object.keys(words) as (keyof typeof words)[]
    const sets = behaviours.map((name) =>
      statefulSet({
        name,
        namespace: 'behaviours',
        replicas: 1,
        annotations: behaviour(name),
        initContainers: name === 'init-crash' ? [initContainer()] : [],
      }),
    )
    await controlPlane.apply(sets)
    for (const name of behaviours) await untilStatus('behaviours', `${name}-0`, words[name])
    const {stdout} = await controlPlane.kubectl(['get', 'pods', '-n', 'behaviours', '--no-headers'])
    expect(stdout).toMatch(/^not-ready-0 +0\/1/m)
    expect(stdout).toMatch(/^ready-0 +1\/1/m)
    const events = await controlPlane.kubectl(['events', '-n', 'behaviours', '--types=Warning'])
    expect(events.stdout).toContain('Back-off restarting failed container app in pod crash-0_behaviours(')
    expect(events.stdout).toContain('Readiness probe failed')
    expect(events.stdout).toContain('Error: ImagePullBackOff')
  })

  test('has one ordinal, or one node, behave unlike the others', async () => {
    await controlPlane.createNamespace('exceptions')
    const spec = {podManagementPolicy: 'Parallel'}
    await controlPlane.apply([
      statefulSet({namespace: 'exceptions', start: 5, annotations: behaviourOf({6: 'crash'}), spec}),
      daemonSet({namespace: 'exceptions', annotations: behaviourOf({'node-b': 'image-pull'})}),
    ])
    await untilStatus('exceptions', 'db-6', 'CrashLoopBackOff')
    await untilStatus('exceptions', 'db-5', 'Running')
    await untilStatus('exceptions', 'db-7', 'Running')
    const pods = await until(
      'the DaemonSet has its Pods',
      async () =>
        (await controlPlane.get<V1PodList>('/api/v1/namespaces/exceptions/pods?labelSelector=app=agent'))
          .items,
      (items) =>
        items.length === 3 &&
        items.every(({status}) => status?.containerStatuses?.[0]?.imageID !== undefined),
    )
    const broken = pods.find(({spec: podSpec}) => podSpec?.nodeName === 'node-b')
    await untilStatus('exceptions', broken?.metadata?.name ?? '', 'ImagePullBackOff')
  })

  test('follows a changed behaviour', async () => {
    await controlPlane.createNamespace('changes')
    await controlPlane.apply(statefulSet({namespace: 'changes', replicas: 1}))
    await untilStatus('changes', 'db-0', 'Running')
    await setBehaviour(controlPlane, 'changes', 'db-0', 'crash')
    await untilStatus('changes', 'db-0', 'CrashLoopBackOff')
    await setBehaviour(controlPlane, 'changes', 'db-0', 'ready')
    await untilStatus('changes', 'db-0', 'Running')
  })

  test('lets a status be written by hand', async () => {
    await controlPlane.createNamespace('by-hand')
    await controlPlane.apply(
      statefulSet({namespace: 'by-hand', replicas: 1, annotations: behaviour('manual')}),
    )
    await untilStatus('by-hand', 'db-0', 'Pending')
    const waiting = {reason: 'CreateContainerConfigError', message: 'secret "db" not found'}
    const container = {
      name: 'app',
      image: 'registry.example/db:1',
      imageID: '',
      ready: false,
      restartCount: 0,
    }
    const status = {phase: 'Pending', containerStatuses: [{...container, state: {waiting}}]}
    await setPodStatus(controlPlane, 'by-hand', 'db-0', status)
    expect(await statusOf('by-hand', 'db-0')).toBe('CreateContainerConfigError')
  })

  test('has a Pod hang while terminating, until released', async () => {
    await controlPlane.createNamespace('hanging')
    await controlPlane.apply(
      statefulSet({namespace: 'hanging', replicas: 1, annotations: behaviour('hang-terminating')}),
    )
    await untilStatus('hanging', 'db-0', 'Running')
    const uid = async () =>
      (await controlPlane.get<V1Pod>('/api/v1/namespaces/hanging/pods/db-0')).metadata?.uid
    const hanging = await uid()
    await controlPlane.kubectl(['delete', 'pod', 'db-0', '-n', 'hanging', '--wait=false'])
    await untilStatus('hanging', 'db-0', 'Terminating')
    expect(await uid()).toBe(hanging)
    await setBehaviour(controlPlane, 'hanging', 'db-0', 'ready')
    await until('another db-0', uid, (next) => next !== hanging)
  })

  test('loses a node', async () => {
    await setNodeBehaviour(controlPlane, 'node-c', 'unreachable')
    const taints = () =>
      controlPlane.kubectl(['get', 'node', 'node-c', '-o', 'jsonpath={.spec.taints[*].key}'])
    await until('node-c is tainted', taints, ({stdout}) => stdout.includes('node.kubernetes.io/unreachable'))
    await setNodeBehaviour(controlPlane, 'node-c', 'ready')
    await until('node-c is back', taints, ({stdout}) => stdout === '')
  })

  test('keeps a zonal volume within its zone', async () => {
    await controlPlane.createNamespace('zonal')
    await controlPlane.apply([
      storageClass('zonal'),
      zonalVolume('zonal-b', 'zone-b', {storageClass: 'zonal'}),
      statefulSet({namespace: 'zonal', replicas: 1, claims: [claim('data', {storageClass: 'zonal'})]}),
    ])
    await untilStatus('zonal', 'db-0', 'Running')
    const pod = await controlPlane.get<V1Pod>('/api/v1/namespaces/zonal/pods/db-0')
    expect(pod.spec?.nodeName).toBe('node-b')
  })

  test('refuses a user without a role', async () => {
    const {name, kubeconfig} = controlPlane.user('nobody')
    const refused = await controlPlane.kubectl(['get', 'pods'], {env: {KUBECONFIG: kubeconfig}})
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('User "nobody" cannot list resource'),
    })
    const entry = controlPlane.auditLog().findLast(({user}) => user === name)
    expect(entry).toMatchObject({verb: 'list', resource: 'pods', namespace: 'default', code: 403})
    expect(entry?.userAgent).toMatch(/^kubectl\/v1\.37\.1 /)
  })

  test('has its API server die and come back where it was', async () => {
    await controlPlane.stopComponent('kube-apiserver')
    await expect(controlPlane.get('/version')).rejects.toThrow('ECONNREFUSED')
    await controlPlane.startComponent('kube-apiserver')
    expect(await controlPlane.get('/version')).toMatchObject({minor: '37'})
  })
})
