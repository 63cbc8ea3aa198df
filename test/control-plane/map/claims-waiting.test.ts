import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes} from '../situations/nodes.ts'
import {claim, handMadeVolume, localVolume, storageClass} from '../situations/volumes.ts'
import {isUnschedulable, untilPods, untilReady} from '../situations/waits.ts'
import {headlessService, type StatefulSetOptions, statefulSet} from '../situations/workloads.ts'
import {clockAhead} from '../tools/clock-ahead.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {finding, found, installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {checkedMap} from '../tools/schema.ts'
import {until} from '../tools/until.ts'

const SITUATIONS = [
  'classless',
  'empty',
  'unscheduled',
  'full',
  'immediate',
  'provisioner',
  'nowhere',
] as const
type Situation = (typeof SITUATIONS)[number]

describeControlPlane('map of claims that wait', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    await Promise.all(SITUATIONS.map(controlPlane.createNamespace))
    const volumes = ['unscheduled', 'full'].flatMap((name) => [
      storageClass(name),
      localVolume(`disk-${name}`, 'node-a', {storageClass: name}),
    ])
    const immediate = {...storageClass('immediate'), volumeBindingMode: 'Immediate'}
    const csi = {...immediate, metadata: {name: 'csi'}, provisioner: 'disk.example.com'}
    await controlPlane.apply([
      ...volumes,
      immediate,
      csi,
      ...SITUATIONS.map((name) => headlessService('db', name)),
    ])
    await controlPlane.apply([
      waiting('classless', templateOf({})),
      waiting('empty', templateOf({storageClassName: ''})),
      waiting('unscheduled', {...diskOf('unscheduled'), podSpec: {nodeSelector: {disk: 'nvme'}}}),
      waiting('full', {...diskOf('full'), replicas: 2, spec: {podManagementPolicy: 'Parallel'}}),
      waiting('immediate', diskOf('immediate')),
      waiting('provisioner', diskOf('csi')),
      waiting('nowhere', {
        podSpec: {volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'by-hand'}}]},
      }),
    ])
    await Promise.all(SITUATIONS.map((name) => untilPods(controlPlane, name, 1, isUnschedulable)))
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const waiting = (namespace: Situation, options: StatefulSetOptions) =>
    statefulSet({namespace, replicas: 1, ...options})

  const diskOf = (name: string) => ({claims: [claim('data', {storageClass: name})]})

  const templateOf = (spec: {storageClassName?: string}) => {
    const {storageClassName: _, ...rest} = claim('data').spec ?? {}
    return {claims: [{...claim('data'), spec: {...rest, ...spec}}]}
  }

  test('says that a claim names no class and that there is no default, until there is one', async () => {
    const report = await plugin.map('-n', 'classless')
    expect(found(report)).toEqual(['error pvc-no-class data-db-0'])
    expect(finding(report, 'pvc-no-class').message).toBe(
      'The cluster has no default StorageClass, and the claim names none (claim data-db-0)',
    )
    expect(ordinals(report)[0]?.claims).toMatchObject([{phase: 'Pending', storageClassName: null}])
    expect(table(await plugin.text('-n', 'classless'))[0]).toMatchObject({
      STATUS: 'Pending',
      VOLUME: '<pending>',
    })
  })

  test('says that a claim forbids classes and that no volume without one fits', async () => {
    expect(found(await plugin.map('-n', 'empty'))).toEqual(['error pvc-class-empty-static data-db-0'])
    await plugin.text('-n', 'empty')
    await controlPlane.apply(
      handMadeVolume('disk-empty', {claimRef: {namespace: 'empty', name: 'data-db-0'}}),
    )
    await untilReady(controlPlane, 'empty', 'db')
    expect(found(await plugin.map('-n', 'empty'))).toEqual([])
  })

  test('says that it is the Pod that waits, in the scheduler’s words', async () => {
    const report = await plugin.map('-n', 'unscheduled')
    expect(found(report)).toEqual([
      'info pvc-wffc-pod-unscheduled data-db-0',
      'info sched-node-affinity db-0',
    ])
    const {message, evidence} = finding(report, 'pvc-wffc-pod-unscheduled')
    expect(message).toBe('Claim data-db-0 binds when Pod db-0 is scheduled (WaitForFirstConsumer)')
    expect(evidence[1]).toMatch(
      /: 0\/3 nodes are available: 3 node\(s\) didn't match Pod's node affinity\/selector/,
    )
    await plugin.text('-n', 'unscheduled')
  })

  test('says which ordinal found no disk left, until there is one', async () => {
    const report = await plugin.map('-n', 'full')
    const [bound, other] = ordinals(report).toSorted(
      (left, right) => Number(right.pod?.nodeName !== null) - Number(left.pod?.nodeName !== null),
    )
    expect(bound).toMatchObject({claims: [{phase: 'Bound'}], findings: []})
    expect(other).toMatchObject({claims: [{phase: 'Pending', volume: null}]})
    expect(found(report)).toEqual([`error sched-no-pv-to-bind data-db-${other?.ordinal}`])
    expect(finding(report, 'sched-no-pv-to-bind').evidence[1]).toContain(
      "3 node(s) didn't find available persistent volumes to bind",
    )
    await controlPlane.apply(localVolume('disk-more', 'node-b', {storageClass: 'full'}))
    await untilReady(controlPlane, 'full', 'db')
    expect(found(await plugin.map('-n', 'full'))).toEqual([])
  })

  test('says the same of a class that binds at once', async () => {
    const {stdout} = await plugin.stateful(['map', '-n', 'immediate', '-o', 'json'], clockAhead(1))
    expect(found(checkedMap(JSON.parse(stdout)))).toEqual(['error sched-no-pv-to-bind data-db-0'])
  })

  test('does not call a provisioner late before its time', async () => {
    const events = () => controlPlane.kubectl(['events', '-n', 'provisioner', '--for', 'pvc/data-db-0'])
    await until('the claim has its event', events, ({stdout}) => stdout.includes('ExternalProvisioning'))
    const report = await plugin.map('-n', 'provisioner')
    expect(found(report)).toEqual(['info sched-unbound-immediate-pvc data-db-0'])
    expect(ordinals(report)[0]).toMatchObject({pod: {status: 'Pending'}, claims: [{phase: 'Pending'}]})
    await plugin.text('-n', 'provisioner')
  })

  test('says that nobody created the claim that the Pods mount', async () => {
    const report = await plugin.map('-n', 'nowhere')
    expect(found(report)).toEqual(['error sched-pvc-not-found by-hand'])
    expect(ordinals(report)[0]?.claims).toMatchObject([{name: 'by-hand', template: null, phase: 'Missing'}])
    expect(table(await plugin.text('-n', 'nowhere'))[0]).toMatchObject({
      CLAIM: 'by-hand',
      VOLUME: '<missing>',
    })
  })

  test('says nothing any more once there is a default class', async () => {
    const annotations = {'storageclass.kubernetes.io/is-default-class': 'true'}
    const metadata = {name: 'standard', annotations}
    const standard = {...storageClass('standard'), metadata}
    await controlPlane.apply([standard, localVolume('disk-standard', 'node-b', {storageClass: 'standard'})])
    await untilReady(controlPlane, 'classless', 'db')
    const report = await plugin.map('-n', 'classless')
    expect(found(report)).toEqual([])
    expect(ordinals(report)[0]?.claims).toMatchObject([{storageClassName: 'standard', phase: 'Bound'}])
  })
})
