import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {V1EndpointSliceList, V1Pod} from '@kubernetes/client-node'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes, node, threeZones} from '../situations/nodes.ts'
import {OF_ONE_NAMESPACE, rights} from '../situations/rights.ts'
import {claim, storageClass, zonalVolume} from '../situations/volumes.ts'
import {untilReady, untilVolume} from '../situations/waits.ts'
import {headlessService, type StatefulSetOptions, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {finding, found, installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {requestsOf, stopAfterReadsOnly, summary} from '../tools/requests.ts'
import {until} from '../tools/until.ts'

const manifest = (name: string) =>
  readFileSync(join(import.meta.dirname, 'course-manifests', `${name}.yaml`), 'utf8')

const HOST = 'kubernetes.io/hostname'
const ZONE = 'topology.kubernetes.io/zone'
/** Over zones, as strictly as that, and never two on a node. */
const spreadBy = (whenUnsatisfiable: string, app: string) => ({
  topologySpreadConstraints: [
    {topologyKey: ZONE, whenUnsatisfiable, maxSkew: 1, labelSelector: {matchLabels: {app}}},
    {topologyKey: HOST, whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1, labelSelector: {matchLabels: {app}}},
  ],
})

/** One node in each of three zones, and two more in the first. */
const NODES = [...threeZones(), ...['node-a2', 'node-a3'].map((name) => node(name, {zone: 'zone-a'}))]
const OUTSIDE_A = NODES.map(({metadata}) => metadata?.name ?? '').filter((name) => !/^node-a/.test(name))

describeControlPlane('names of ordinals, and their spread', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  const set = (name: string, options: StatefulSetOptions = {}) => [
    headlessService(name, 'shop'),
    statefulSet({name, namespace: 'shop', ...options}),
  ]

  const run = async (...args: readonly string[]) =>
    expect(await controlPlane.kubectl(args)).toMatchObject({code: 0})

  const slices = (service: string, namespace = 'shop') =>
    controlPlane.get<V1EndpointSliceList>(
      `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=kubernetes.io/service-name=${service}`,
    )

  const untilPublished = (service: string, count: number, namespace?: string) =>
    until(
      `${service} publishes ${count}`,
      async () => (await slices(service, namespace)).items.flatMap(({endpoints}) => endpoints ?? []),
      (all) => all.filter(({conditions}) => conditions?.ready).length === count,
    )

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane, NODES)
    await controlPlane.createNamespace('shop')
    // before the set there is a Pod of its labels and its name, which it will adopt
    const plain = {containers: [{name: 'main', image: 'db:1'}]}
    const orphan = {metadata: {name: 'adopting-0', namespace: 'shop', labels: {app: 'adopting'}}, spec: plain}
    await controlPlane.apply([
      storageClass(),
      {apiVersion: 'v1', kind: 'Pod', ...orphan},
      ...set('even', {podSpec: spreadBy('DoNotSchedule', 'even')}),
    ])
    await controlPlane.apply(['greet-service', 'greet-statefulset'].map(manifest).join('---\n'))
    await untilReady(controlPlane, 'shop', 'even')
    await untilReady(controlPlane, 'default', 'greet')
    // as after an outage of two zones
    for (const name of OUTSIDE_A) await run('cordon', name)
    await controlPlane.apply([
      // which otherwise would be replaced: it has no revision
      ...set('adopting', {replicas: 1, spec: {updateStrategy: {type: 'OnDelete'}}}),
      ...set('wishful', {podSpec: spreadBy('ScheduleAnyway', 'wishful')}),
      ...set('selected', {
        podSpec: {...spreadBy('ScheduleAnyway', 'selected'), nodeSelector: {[ZONE]: 'zone-a'}},
      }),
      ...[0, 1, 2].map((index) => zonalVolume(`disk-${index}`, 'zone-a')),
      ...set('pinned', {claims: [claim('data')], podSpec: spreadBy('ScheduleAnyway', 'pinned')}),
    ])
    for (const name of ['adopting', 'wishful', 'selected', 'pinned'])
      await untilReady(controlPlane, 'shop', name)
    for (const name of OUTSIDE_A) await run('uncordon', name)
    await untilPublished('even', 3)
    await untilPublished('greet', 3, 'default')
    await untilPublished('adopting', 1)
    await controlPlane.apply(
      rights(
        'reader',
        'shop',
        OF_ONE_NAMESPACE.filter(({apiGroups}) => !apiGroups?.includes('discovery.k8s.io')),
      ),
    )
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  test('each ordinal has its name, published with the address of its Pod', async () => {
    const rows = table(await plugin.text('even', '-n', 'shop', '-o', 'wide'))
    expect(rows.map((row) => [row['DNS-NAME'], row.PUBLISHED])).toEqual(
      [0, 1, 2].map((ordinal) => [`even-${ordinal}.even.shop.svc`, 'true']),
    )
    for (const row of rows) expect(row.ENDPOINT).toBe(row.IP)
    const report = await plugin.map('even', '-n', 'shop')
    expect(found(report)).toEqual([])
    expect(ordinals(report)[0]?.identity).toMatchObject({
      hostname: 'even-0',
      published: true,
      reason: null,
      headless: true,
      publishNotReadyAddresses: false,
      ready: true,
      serving: true,
      terminating: false,
      ofPod: true,
    })
  })

  test('the NodePort Service of greet publishes names that only CoreDNS serves', async () => {
    const rows = table(await plugin.text('greet', '-o', 'wide'))
    expect(rows.map((row) => [row['DNS-NAME'], row.PUBLISHED])).toEqual(
      [0, 1, 2].map((ordinal) => [`greet-${ordinal}.greet.default.svc`, 'true (CoreDNS only)']),
    )
    expect(found(await plugin.map('greet')).filter((each) => each.includes('svc-'))).toEqual([
      'warning svc-not-headless greet',
    ])
  })

  test('a Pod that was adopted without a hostname has no name', async () => {
    const [row] = table(await plugin.text('adopting', '-n', 'shop', '-o', 'wide'))
    expect(row).toMatchObject({PUBLISHED: 'false (other hostname)', ENDPOINT: '<none>'})
    const report = await plugin.map('adopting', '-n', 'shop')
    expect(found(report)).toEqual(['warning svc-hostname-not-published adopting'])
    expect(finding(report, 'svc-hostname-not-published').message).toContain('created without a hostname')
  })

  test('one that is not ready is not published, and is no trouble of its name', async () => {
    await setReady('even-2', 'False')
    await untilPublished('even', 2)
    const rows = table(await plugin.text('even', '-n', 'shop', '-o', 'wide'))
    expect(rows[2]).toMatchObject({PUBLISHED: 'false (not ready)', ENDPOINT: rows[2]?.IP})
    const report = await plugin.map('even', '-n', 'shop')
    expect(ordinals(report)[2]?.identity).toMatchObject({
      published: false,
      ready: false,
      serving: false,
      reason: 'NotReady',
    })
    expect(found(report).filter((each) => each.includes('svc-'))).toEqual([])
    await run('patch', 'service', 'even', '-n', 'shop', '-p', '{"spec":{"publishNotReadyAddresses":true}}')
    await untilPublished('even', 3)
    const published = ordinals(await plugin.map('even', '-n', 'shop'))[2]?.identity
    expect(published).toMatchObject({
      published: true,
      publishNotReadyAddresses: true,
      ready: true,
      serving: false,
    })
    await setReady('even-2', 'True')
  })

  /** As its kubelet would say. */
  async function setReady(name: string, status: string) {
    const lastTransitionTime = new Date().toISOString().replace(/\.\d+Z/, 'Z')
    const conditions = ['Ready', 'ContainersReady'].map((type) => ({type, status, lastTransitionTime}))
    const patch = JSON.stringify({status: {conditions}})
    await run('patch', 'pod', name, '-n', 'shop', '--subresource=status', '-p', patch)
  }

  test('a slice that somebody wrote leads elsewhere, and is told when the Pod has settled', async () => {
    const pod = await controlPlane.get<V1Pod>('/api/v1/namespaces/shop/pods/wishful-0')
    const labels = {'kubernetes.io/service-name': 'wishful', 'endpointslice.kubernetes.io/managed-by': 'me'}
    await controlPlane.apply([
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {name: 'wishful-old', namespace: 'shop', labels},
        addressType: 'IPv4',
        endpoints: [{addresses: ['10.99.0.7'], hostname: 'wishful-0'}],
        ports: [],
      },
    ])
    const stale = 'warning svc-endpoint-stale wishful'
    // its conditions have to be older than that
    const report = await until(
      'it is told',
      () => plugin.map('wishful', '-n', 'shop'),
      (each) => found(each).includes(stale),
    )
    expect(finding(report, 'svc-endpoint-stale')).toMatchObject({
      message: 'wishful-0.wishful.shop.svc leads to 10.99.0.7, which is not Pod wishful-0',
      evidence: [
        `pod/wishful-0 status.podIP=${pod.status?.podIP}, uid ${pod.metadata?.uid}`,
        'endpointslice/wishful-old hostname wishful-0: 10.99.0.7, no targetRef',
      ],
    })
    const [row] = table(await plugin.text('wishful', '-n', 'shop', '-o', 'wide'))
    expect(row?.ENDPOINT).toMatch(/^\S+,\S+ \(not its Pod\)$/)
    // a saved cluster tells the same
    const {stdout} = await plugin.stateful(['snapshot', '-n', 'shop'])
    expect(stdout).toContain('kind: EndpointSlice')
    const saved = await plugin.stateful(['map', 'wishful', '-n', 'shop', '-o', 'json', '-f', '-'], {
      input: stdout,
    })
    expect(saved).toMatchObject({code: 0, stdout: expect.stringContaining('svc-endpoint-stale')})
    await run('delete', 'endpointslice', 'wishful-old', '-n', 'shop')
    expect(found(await plugin.map('wishful', '-n', 'shop'))).not.toContain(stale)
  })

  test('costs one list more, of that Service, and only where names are shown', async () => {
    const asked = async (...args: readonly string[]) =>
      requestsOf(controlPlane, () => plugin.text('even', '-n', 'shop', ...args))
    const [plain, wide] = [await asked(), await asked('-o', 'wide')]
    expect(summary(wide)).toEqual([...summary(plain), 'list endpointslices'].toSorted())
    const {requestURI = ''} = wide.find(({resource}) => resource === 'endpointslices') ?? {}
    expect(decodeURIComponent(requestURI)).toContain('labelSelector=kubernetes.io/service-name=even')
    expect(summary(plain)).not.toContain('list nodes')
  })

  test('without the right to read them the names are <unknown>, with one note', async () => {
    const env = {KUBECONFIG: controlPlane.user('reader').kubeconfig}
    const {stdout, stderr} = await plugin.stateful(['map', 'even', '-n', 'shop', '-o', 'wide'], {env})
    expect(table(stdout)[0]).toMatchObject({
      'DNS-NAME': 'even-0.even.shop.svc',
      PUBLISHED: '<unknown>',
      ENDPOINT: '<unknown>',
    })
    expect(stderr).toMatch(/^Warning: could not read [^\n]*endpointslices[^\n]*\n$/)
    // nor are nodes seen, and so no zones
    expect(stdout).not.toContain('losing')
  })

  test('an even spread is told, and no trouble', async () => {
    const text = await plugin.text('even', '-n', 'shop')
    expect(text).toContain('Spread    zone-a 1 · zone-b 1 · zone-c 1 · losing zone-a leaves 2 of 3\n')
  })

  test('a wish for a spread that did not bind is told where a zone holds all', async () => {
    const report = await plugin.map('wishful', '-n', 'shop')
    const {message, remedy} = finding(report, 'spread-zone-majority')
    expect(message).toBe(
      'Zone zone-a holds all 3 ordinals of wishful: losing it leaves 0; topologySpreadConstraints over zones (ScheduleAnyway, maxSkew 1) is a wish, which did not bind the scheduler',
    )
    expect(remedy?.act[0]?.text).toContain('DoNotSchedule')
    expect(report.workloads[0]?.spread).toMatchObject({
      zones: [{name: 'zone-a', pods: 3, volumes: 0, leaves: 0}],
    })
  })

  test('whether there are other zones costs one list, of their nodes', async () => {
    const entries = await requestsOf(controlPlane, () => plugin.text('wishful', '-n', 'shop'))
    const lists = entries.filter(({verb, resource}) => verb === 'list' && resource === 'nodes')
    expect(
      lists.map(({requestURI}) => new URL(requestURI, controlPlane.server).searchParams.get('labelSelector')),
    ).toEqual([`${ZONE},${ZONE}!=zone-a`])
  })

  test('a set that wants one zone alone is well there', async () => {
    expect(found(await plugin.map('selected', '-n', 'shop'))).toEqual([])
  })

  test('volumes that are pinned to a zone hold their ordinals there', async () => {
    // where nobody makes volumes, no zone without a free one is a better place
    expect(found(await plugin.map('pinned', '-n', 'shop'))).toEqual([])
    await controlPlane.apply(['b', 'c'].map((zone) => zonalVolume(`spare-${zone}`, `zone-${zone}`)))
    for (const zone of ['b', 'c']) await untilVolume(controlPlane, `spare-${zone}`, 'Available')
    const report = await plugin.map('pinned', '-n', 'shop')
    const {evidence, remedy} = finding(report, 'spread-zone-majority')
    expect(evidence[0]).toBe('zone zone-a: Pods 3, volumes that only it reaches 3')
    expect(remedy?.act[0]?.text).toMatch(/^volumes do not move: /)
    expect(found(report)).toEqual(['warning spread-zone-majority pinned'])
  })
})
