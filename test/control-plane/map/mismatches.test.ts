import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes} from '../situations/nodes.ts'
import {podTemplate} from '../situations/pod-template.ts'
import {claim, localVolume, storageClass} from '../situations/volumes.ts'
import {untilGone, untilPods, untilReady} from '../situations/waits.ts'
import {headlessService, statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {finding, found, installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {until} from '../tools/until.ts'

describeControlPlane('map of what does not fit the set', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await controlPlane.apply([...disks('more'), ...disks('larger')])
    const namespaces = ['foreign', 'more', 'larger', 'unselected']
    await Promise.all(namespaces.map(controlPlane.createNamespace))
    await controlPlane.apply(namespaces.map((namespace) => headlessService('db', namespace)))
    await Promise.all([foreign(), more(), larger(), unselected()])
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  /** Two on each node, of a class of their own. */
  const disks = (name: string) => [
    storageClass(name),
    ...['a', 'b', 'c'].flatMap((letter) =>
      [0, 1].map((index) =>
        localVolume(`${name}-${letter}-${index}`, `node-${letter}`, {storageClass: name}),
      ),
    ),
  ]

  /** Somebody's copy of a member, whose labels keep the controller from adopting it. */
  async function foreign() {
    const {spec} = podTemplate('copy', {})
    const metadata = {name: 'db-1', namespace: 'foreign', labels: {app: 'copy'}}
    await controlPlane.apply([
      {apiVersion: 'v1', kind: 'Pod', metadata, spec},
      statefulSet({namespace: 'foreign'}),
    ])
    await untilPods(controlPlane, 'foreign', 2)
  }

  /** The only way to change claim templates: the set goes, its Pods stay, another set takes them up. */
  async function recreate(namespace: string, before: object, after: object) {
    await controlPlane.apply(before)
    await untilReady(controlPlane, namespace, 'db')
    const remove = ['delete', 'sts', 'db', '-n', namespace, '--cascade=orphan']
    expect(await controlPlane.kubectl(remove)).toMatchObject({code: 0})
    await untilGone(controlPlane, `/apis/apps/v1/namespaces/${namespace}/statefulsets/db`)
    await controlPlane.apply(after)
    const owners = async () =>
      (await untilPods(controlPlane, namespace, 2)).map(({metadata}) => metadata?.ownerReferences?.length)
    await until(`the Pods of ${namespace} are adopted`, owners, (counts) =>
      counts.every((count) => count === 1),
    )
  }

  const more = () => {
    const of = (name: string) => claim(name, {storageClass: 'more'})
    return recreate(
      'more',
      statefulSet({namespace: 'more', replicas: 2, claims: [of('data')]}),
      statefulSet({namespace: 'more', replicas: 2, claims: [of('data'), of('wal')]}),
    )
  }

  const larger = () => {
    const of = (name: string, size: string) => claim(name, {size, storageClass: 'larger'})
    return recreate(
      'larger',
      statefulSet({namespace: 'larger', replicas: 2, claims: [of('data', '5Gi')]}),
      statefulSet({namespace: 'larger', replicas: 2, claims: [of('data', '10Gi')]}),
    )
  }

  async function unselected() {
    await controlPlane.apply([
      headlessService('db', 'unselected', {app: 'web'}),
      statefulSet({namespace: 'unselected', replicas: 1}),
    ])
    await untilReady(controlPlane, 'unselected', 'db')
  }

  test('shows the Pod that holds the name of ordinal 1', async () => {
    const report = await plugin.map('-n', 'foreign')
    expect(found(report)).toEqual(['error sts-name-held-by-foreign-pod db-1'])
    const {message} = finding(report, 'sts-name-held-by-foreign-pod')
    expect(message).toBe(
      'A foreign Pod holds the name db-1: it has no controller, and its labels do not match the selector',
    )
    expect(ordinals(report)[1]).toMatchObject({ordinal: 1, pod: null, nameHeldBy: {name: 'db-1'}})
    const rows = table(await plugin.text('-n', 'foreign'))
    expect(rows.map(({POD, STATUS}) => [POD, STATUS])).toEqual([
      ['db-0', 'Running'],
      ['db-1 (foreign)', 'Running'],
      ['<none>', 'Missing'],
    ])
    await obeyRemedy('sts-name-held-by-foreign-pod', '-n', 'foreign')
    await untilReady(controlPlane, 'foreign', 'db')
    expect(found(await plugin.map('-n', 'foreign'))).toEqual([])
  })

  test('says that a Pod is older than a claim template, and that deleting it helps', async () => {
    const report = await plugin.map('-n', 'more')
    expect(found(report).filter((each) => each.startsWith('error'))).toEqual([
      'error sts-adopted-pod-volume-mismatch db-0',
      'error sts-adopted-pod-volume-mismatch db-1',
    ])
    const wal = ordinals(report).map(({claims}) => claims.find(({template}) => template === 'wal'))
    expect(wal).toMatchObject([{mounted: false}, {mounted: false}])
    await plugin.text('-n', 'more')
    await obey('kubectl delete pod -n more db-0')
    await untilReady(controlPlane, 'more', 'db')
    const [zero] = ordinals(await plugin.map('-n', 'more'))
    expect(zero).toMatchObject({findings: [], claims: [{mounted: true}, {mounted: true, template: 'wal'}]})
  })

  test('says that claims are smaller than their template', async () => {
    const report = await plugin.map('-n', 'larger')
    expect(found(report)).toEqual(['info pvc-template-drift data-db-0', 'info pvc-template-drift data-db-1'])
    expect(ordinals(report)[0]?.findings[0]?.message).toContain('requests 5Gi, template 10Gi')
    expect(await plugin.text('-n', 'larger')).toMatch(/^Also +data-db-1$/m)
  })

  test('says that the Service selects other Pods, and how it selects these', async () => {
    const report = await plugin.map('-n', 'unselected')
    expect(found(report)).toEqual(['warning svc-selector-mismatch db'])
    expect(finding(report, 'svc-selector-mismatch').evidence).toEqual([
      'service/db spec.selector app=web',
      'Pod template labels app=db',
    ])
    await obeyRemedy('svc-selector-mismatch', 'db', '-n', 'unselected')
    expect(found(await plugin.map('-n', 'unselected'))).toEqual([])
  })

  test('does not take the Service of one set away for another that names it', async () => {
    await controlPlane.apply(
      statefulSet({name: 'other', namespace: 'unselected', replicas: 0, spec: {serviceName: 'db'}}),
    )
    const read = () => plugin.map('sts/other', '-n', 'unselected')
    const {remedy} = finding(await read(), 'svc-selector-mismatch')
    expect(remedy?.look).toEqual(['kubectl get pods -n unselected -l app=db'])
    expect(remedy?.act?.flatMap((way) => way.commands)).toEqual([])
    expect(remedy?.avoid).toMatch(/^change its selector: Pod db-0, which it serves now,/)
    await obeyRemedy('svc-selector-mismatch', 'sts/other', '-n', 'unselected')
    expect(found(await plugin.map('sts/db', '-n', 'unselected'))).toEqual([])
  })

  async function obeyRemedy(id: string, ...args: readonly string[]) {
    const {look = [], act = []} = finding(await plugin.map(...args), id).remedy ?? {}
    for (const command of [...look, ...act.flatMap((way) => way.commands)]) await obey(command)
  }

  async function obey(command: string) {
    const [, ...words] = command.split(' ')
    expect(await controlPlane.kubectl(words)).toMatchObject({code: 0})
  }
})
