import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes} from '../situations/nodes.ts'
import {claim, localVolume, storageClass} from '../situations/volumes.ts'
import {isUnschedulable, untilClaim, untilPods, untilReady} from '../situations/waits.ts'
import {daemonSet, headlessService, statefulSet} from '../situations/workloads.ts'
import type {AuditEntry} from '../tools/audit-log.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from '../tools/plugin.ts'
import {expectReadsOnly, requests, requestsOf, stopAfterReadsOnly, summary} from '../tools/requests.ts'

const KINDS = ['endpointslices', 'persistentvolumeclaims', 'pods', 'services', 'statefulsets']
const LISTS = KINDS.map((kind) => `list ${kind}`)
/** What the set of three stands on, outside of its namespace. */
const THINGS = ['nodes', 'nodes', 'nodes', ...Array(3).fill('persistentvolumes'), 'storageclasses'].map(
  (kind) => `get ${kind}`,
)
/** Whose a volume was that could not be deleted is told by nothing else. */
const FAILED_VOLUMES = 'list events'

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
    await untilPods(controlPlane, 'waiting', 1, isUnschedulable)
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const asked = async (...args: readonly string[]) => requestsOf(controlPlane, () => plugin.map(...args))

  test('are one list for each kind of the namespace, and few things outside of it by name, when all is well', async () => {
    const entries = await asked('-n', 'healthy')
    expect(summary(entries)).toEqual(['get /version', ...THINGS, FAILED_VOLUMES, ...LISTS].toSorted())
    for (const {requestURI, code, verb} of entries) {
      expect(code).toBe(200)
      if (verb === 'list') expect(requestURI).toMatch(/[?&]limit=500/)
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
    const pages = Array(Math.ceil(3 / size)).fill(['list persistentvolumeclaims', 'list pods'])
    const ones = [
      'list endpointslices',
      'list services',
      'list statefulsets',
      FAILED_VOLUMES,
      ...THINGS,
      'get /version',
    ]
    const entries = await asked('-n', 'healthy', `--chunk-size=${size}`)
    expect(summary(entries)).toEqual([...pages.flat(), ...ones].toSorted())
    for (const {requestURI, verb} of entries)
      if (verb === 'list') expect(requestURI).toMatch(new RegExp(`[?&]limit=${size}(&|$)`))
  })

  test.for([1, 2, 3])('of all namespaces are one for every page of %s as well', async (size) => {
    const all = summary(await asked('-A', `--chunk-size=${size}`))
    const pages = Math.ceil(3 / size)
    for (const kind of ['nodes', 'persistentvolumes'])
      expect(all.filter((each) => each === `list ${kind}`)).toHaveLength(pages)
    expect(all.filter((each) => each.startsWith('get'))).toEqual(['get /version'])
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
    // a claim without a volume may get any, and a Pod without a node may run on any
    const searched = ['list persistentvolumes', 'list storageclasses', 'list nodes']
    expect(summary(entries.filter((entry) => !isEvents(entry)))).toEqual(
      ['get /version', 'get storageclasses', ...LISTS, 'list pods', ...searched].toSorted(),
    )
    const about = entries
      .filter(isEvents)
      .map(({requestURI}) => /involvedObject[^&]*/.exec(decodeURIComponent(requestURI))?.[0])
    expect(about.toSorted()).toEqual([
      'involvedObject.kind=PersistentVolume,reason=VolumeFailedDelete',
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
