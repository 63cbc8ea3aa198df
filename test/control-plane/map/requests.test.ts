import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes} from '../situations/nodes.ts'
import {claim, localVolume, storageClass} from '../situations/volumes.ts'
import {untilClaim, untilReady} from '../situations/waits.ts'
import {daemonSet, headlessService, statefulSet} from '../situations/workloads.ts'
import type {AuditEntry} from '../tools/audit-log.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from '../tools/plugin.ts'
import {expectReadsOnly, requests, requestsOf, stopAfterReadsOnly, summary} from '../tools/requests.ts'

const KINDS = [
  'nodes',
  'persistentvolumeclaims',
  'persistentvolumes',
  'pods',
  'services',
  'statefulsets',
  'storageclasses',
  'volumeattachments',
]

describeControlPlane('requests of map', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await Promise.all(['healthy', 'waiting'].map(controlPlane.createNamespace))
    const letters = ['a', 'b', 'c'] as const
    await controlPlane.apply([
      storageClass(),
      ...letters.map((letter) => localVolume(`disk-${letter}`, `node-${letter}`)),
      ...['healthy', 'waiting'].map((namespace) => headlessService('db', namespace)),
      daemonSet({namespace: 'healthy'}),
      statefulSet({namespace: 'healthy', claims: [claim('data')]}),
      statefulSet({namespace: 'waiting', claims: [claim('data', {storageClass: 'none'})]}),
    ])
    await untilReady(controlPlane, 'healthy', 'db')
    await untilClaim(controlPlane, 'waiting', 'data-db-0', 'Pending')
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const asked = async (...args: readonly string[]) => requestsOf(controlPlane, () => plugin.map(...args))

  test('are one list for each kind, when all is well', async () => {
    const entries = await asked('-n', 'healthy')
    expect(summary(entries)).toEqual(['get /version', ...KINDS.map((kind) => `list ${kind}`)])
    for (const {requestURI, code} of entries) {
      expect(code).toBe(200)
      if (requestURI !== '/version') expect(requestURI).toMatch(/[?&]limit=500/)
    }
  })

  test('ask one namespace for what has one, and only for the Pods of StatefulSets', async () => {
    const entries = await asked('-n', 'healthy')
    const uri = (kind: string) => entries.find(({resource}) => resource === kind)?.requestURI ?? ''
    for (const kind of ['statefulsets', 'pods', 'persistentvolumeclaims', 'services'])
      expect(uri(kind)).toContain(`/namespaces/healthy/${kind}?`)
    expect(new URL(uri('pods'), controlPlane.server).searchParams.get('labelSelector')).toBe(
      'statefulset.kubernetes.io/pod-name',
    )
  })

  test('ask the server for the one set that was named', async () => {
    const entries = await asked('db', '-n', 'healthy')
    expect(summary(entries).filter((each) => each.includes('statefulsets'))).toHaveLength(1)
    const {name} = entries.find(({resource}) => resource === 'statefulsets') ?? {}
    expect(name).toBe('db')
  })

  test.for([1, 2, 3])('are one for every page of %s', async (size) => {
    const counts = {nodes: 3, persistentvolumeclaims: 3, persistentvolumes: 3, pods: 3}
    const ones = ['services', 'statefulsets', 'storageclasses', 'volumeattachments']
    const entries = await asked('-n', 'healthy', `--chunk-size=${size}`)
    const pages = Object.entries(counts).flatMap(([kind, count]) => Array(Math.ceil(count / size)).fill(kind))
    expect(summary(entries)).toEqual([
      'get /version',
      ...[...pages, ...ones].toSorted().map((kind) => `list ${kind}`),
    ])
    for (const {requestURI} of entries)
      if (requestURI !== '/version') expect(requestURI).toMatch(new RegExp(`[?&]limit=${size}(&|$)`))
  })

  test('answer the same in pages and at once', async () => {
    const answers = await Promise.all(
      ['500', '0', '2'].map((size) => plugin.map('-n', 'healthy', `--chunk-size=${size}`)),
    )
    for (const answer of answers) expect({...answer, observedAt: ''}).toEqual({...answers[0], observedAt: ''})
  })

  test('ask for other Pods and for events only when something is amiss', async () => {
    const entries = await asked('-n', 'waiting')
    const isEvents = ({resource}: AuditEntry) => resource === 'events'
    expect(summary(entries.filter((entry) => !isEvents(entry)))).toEqual([
      'get /version',
      ...[...KINDS, 'pods'].toSorted().map((kind) => `list ${kind}`),
    ])
    const about = entries
      .filter(isEvents)
      .map(({requestURI}) => /involvedObject[^&]*/.exec(decodeURIComponent(requestURI))?.[0])
    expect(about.toSorted()).toEqual([
      // of claims that are gone too, and what was said of this one
      'involvedObject.kind=PersistentVolumeClaim',
      'involvedObject.kind=PersistentVolumeClaim,involvedObject.name=data-db-0',
      'involvedObject.kind=Pod,involvedObject.name=db-0',
      'involvedObject.kind=StatefulSet,involvedObject.name=db',
    ])
  })

  test('touch no server at all when the facts are in a file', async () => {
    const {stdout} = await plugin.stateful(['snapshot', '-n', 'healthy'])
    const fromFile = () => plugin.stateful(['map', '-f', '-'], {input: stdout})
    expect(await requestsOf(controlPlane, fromFile)).toEqual([])
  })

  test('only read, never ask for Secrets, and say who asks', async () => {
    await plugin.stateful(['snapshot', '-A'])
    const entries = await requests(controlPlane)
    expect(entries.length).toBeGreaterThan(100)
    expectReadsOnly(entries)
    for (const {userAgent} of entries)
      expect(userAgent).toMatch(/^kubectl-stateful\/\d+\.\d+\.\d+\S* \(\w+\/\w+\)$/)
  })
})
