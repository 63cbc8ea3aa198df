import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {addNodes} from '../situations/nodes.ts'
import {handMadeClaim, handMadeVolume} from '../situations/volumes.ts'
import {untilPods, untilReady} from '../situations/waits.ts'
import {statefulSet} from '../situations/workloads.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {finding, found, installPlugin, ordinals, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'

/** The manifests of the course that this project started from, to the letter. */
const manifest = (name: string) =>
  readFileSync(join(import.meta.dirname, 'course-manifests', `${name}.yaml`), 'utf8')

describeControlPlane('map of the course’s manifests', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
    await addNodes(controlPlane)
    const course = ['greet-service', 'greet-statefulset', 'mi-db', 'mi-agente-de-logs'].map(manifest)
    await controlPlane.apply(course.join('---\n'))
    await controlPlane.createNamespace('nginx')
    await controlPlane.apply([
      handMadeVolume('my-pv', {claimRef: {namespace: 'nginx', name: 'my-pvc'}}),
      handMadeClaim('my-pvc', 'nginx', {volumeName: 'my-pv'}),
      statefulSet({name: 'nginx-sts', namespace: 'nginx', podSpec: mounting('my-pvc')}),
    ])
    await Promise.all([
      untilReady(controlPlane, 'default', 'greet'),
      untilReady(controlPlane, 'nginx', 'nginx-sts'),
      // 3 of greet, 3 daemons; mi-db-0 waits
      untilPods(controlPlane, 'default', 6),
      untilPods(controlPlane, 'default', 1, ({metadata}) => metadata?.name === 'mi-db-0'),
    ])
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  test('maps greet, and says that its NodePort Service is not headless', async () => {
    const report = await plugin.map('greet')
    expect(found(report)).toEqual(['warning svc-not-headless greet'])
    expect(finding(report, 'svc-not-headless').evidence[0]).toMatch(
      /^service\/greet spec\.type=NodePort, clusterIP=10\.96\./,
    )
    expect(report.workloads[0]).toMatchObject({serviceName: 'greet', desiredReplicas: 3, ordinalStart: 0})
    expect(ordinals(report).map(({pod, claims}) => [pod?.name, pod?.status, claims])).toEqual([
      ['greet-0', 'Running', []],
      ['greet-1', 'Running', []],
      ['greet-2', 'Running', []],
    ])
  })

  test('shows mi-db waiting for a class and a Service that nobody created', async () => {
    const report = await plugin.map('sts/mi-db')
    expect(found(report)).toEqual([
      'error pvc-class-missing db-data-mi-db-0',
      'error svc-missing mi-db-headless',
    ])
    expect(finding(report, 'pvc-class-missing').message).toContain('StorageClass standard does not exist')
    expect(table(await plugin.text('mi-db'))).toMatchObject([
      {ORDINAL: '0', POD: 'mi-db-0', STATUS: 'Pending', CLAIM: 'db-data-mi-db-0', VOLUME: '<pending>'},
      {ORDINAL: '1', POD: '<none>', STATUS: 'Missing', CLAIM: 'db-data-mi-db-1', VOLUME: '<missing>'},
      {ORDINAL: '2', POD: '<none>', STATUS: 'Missing', CLAIM: 'db-data-mi-db-2', VOLUME: '<missing>'},
    ])
  })

  test('has a remedy for the missing Service that works as it is printed', async () => {
    const {remedy} = finding(await plugin.map('mi-db'), 'svc-missing')
    const commands = remedy?.act?.flatMap((way) => way.commands) ?? []
    expect(remedy?.look).toEqual(['kubectl get services -n default'])
    expect(commands).toEqual([
      'kubectl create service clusterip mi-db-headless -n default --clusterip=None',
      'kubectl set selector service mi-db-headless -n default app=mi-db',
    ])
    for (const command of commands)
      expect(await controlPlane.kubectl(command.split(' ').slice(1))).toMatchObject({code: 0})
    expect(found(await plugin.map('mi-db'))).toEqual(['error pvc-class-missing db-data-mi-db-0'])
  })

  test('is not disturbed by the DaemonSet beside them', async () => {
    const report = await plugin.map()
    expect(report.workloads.map(({name}) => name)).toEqual(['greet', 'mi-db'])
    expect(JSON.stringify(report)).not.toContain('mi-agente-de-logs')
  })

  test('shows a claim created by hand as shared by all ordinals of nginx-sts', async () => {
    const report = await plugin.map('nginx-sts', '-n', 'nginx')
    expect(ordinals(report).map(({claims}) => claims)).toMatchObject(
      [0, 1, 2].map(() => [{name: 'my-pvc', template: null, shared: true, mounted: true, phase: 'Bound'}]),
    )
    expect(found(report)).toEqual(['warning svc-missing nginx-sts'])
    const rows = table(await plugin.text('nginx-sts', '-n', 'nginx'))
    expect(rows.map(({CLAIM, VOLUME}) => [CLAIM, VOLUME])).toEqual(
      [0, 1, 2].map(() => ['my-pvc (shared)', 'my-pv']),
    )
  })
})

function mounting(claimName: string) {
  return {volumes: [{name: 'data', persistentVolumeClaim: {claimName}}]}
}
