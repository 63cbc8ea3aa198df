import {describe, expect, test} from 'vitest'
import type {Observed} from '../../../src/model/snapshot.ts'
import type {Change} from '../../../src/reports/what-if/change.ts'
import {claim, pod, volume} from '../../builders.ts'
import {named, web, whatIf} from './asking.ts'

const NODE = named('nodes', 'node-a')
const SET = named('statefulSets', 'web')
const POD = named('pods', 'web-0')
const drain: Change = {action: 'drain', neverReady: []}
const scaledTo = (replicas: number): Change => ({action: 'scale', replicas, neverReady: []})
const deleted: Change = {action: 'delete', isOrphaning: false, neverReady: []}
const updated: Change = {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: []}
const classes = [{metadata: {name: 'fast'}, provisioner: 'disk.example.com'}]
const mounting = (name: string, nodeName: string, claimName: string) =>
  pod({
    name,
    metadata: {labels: {}, ownerReferences: []},
    spec: {nodeName, volumes: [{name: 'data', persistentVolumeClaim: {claimName}}]},
  })

/** The set `web`, whose template names the claim `shared`, with these Pods. */
function sharing(...names: readonly string[]): Partial<Observed> {
  const volumes = [{name: 'data', persistentVolumeClaim: {claimName: 'shared'}}]
  const facts = web(names.length)
  return {
    ...facts,
    storageClasses: classes,
    statefulSets: (facts.statefulSets ?? []).map((set) => ({
      ...set,
      spec: {...set.spec, template: {metadata: {labels: {app: 'web'}}, spec: {containers: [], volumes}}},
    })) as Observed['statefulSets'],
    pods: (facts.pods ?? []).map((each) => ({...each, spec: {containers: [], ...each.spec, volumes}})),
  }
}

describe('a claim that somebody has deleted, and that a Pod still keeps', () => {
  const terminating = (name: string) =>
    claim({name, metadata: {name, namespace: 'shop', deletionTimestamp: '2026-05-01T11:00:00Z'}})

  /** The set `web`, with the disk of its only ordinal on the way out. */
  const leaving: Partial<Observed> = {
    ...web(1, {pinned: true}),
    storageClasses: classes,
    persistentVolumeClaims: [terminating('data-web-0')],
  }
  const shared: Partial<Observed> = {
    ...sharing('web-0'),
    persistentVolumeClaims: [terminating('shared')],
    persistentVolumes: [volume({name: 'pv-shared'})],
  }

  test.each([
    [drain, NODE],
    [deleted, POD],
    [updated, SET],
    [scaledTo(0), SET],
    [deleted, SET],
  ])('%o: what it holds is destroyed with its last Pod', (change, subject) => {
    expect(whatIf(leaving, change, subject).losses).toMatchObject([
      {
        name: 'data-web-0',
        destroysData: true,
        message: expect.stringContaining('once web-0 is gone, as somebody has deleted it already'),
      },
    ])
  })

  test('its set makes a new one, which is bound to no node', () => {
    const {pods, end} = whatIf(leaving, drain, NODE)
    expect(pods).toMatchObject([{name: 'web-0', returns: 'Yes', nodes: ['node-b', 'node-c']}])
    expect(end.state).toBe('Done')
  })

  test('nobody makes one again that no template makes', () => {
    const {pods, end, losses} = whatIf(shared, drain, NODE)
    const message = 'its claim shared is being deleted, and nobody makes it again'
    expect(pods).toMatchObject([{name: 'web-0', returns: 'No', message}])
    expect(end.state).toBe('Short')
    expect(losses).toMatchObject([{name: 'shared', destroysData: true}])
  })

  test('near miss: another Pod keeps it, and its set waits', () => {
    const other = mounting('reader', 'node-b', 'data-web-0')
    const {pods, losses} = whatIf({...leaving, pods: [...(leaving.pods ?? []), other]}, drain, NODE)
    expect(losses).toEqual([])
    expect(pods).toMatchObject([{name: 'web-0', returns: 'No'}])
    expect(pods[0]?.message).toContain('waits for claim data-web-0, which is being deleted, to be gone')
  })

  test('near miss: whoever is on no node keeps nothing, and a claim that nobody has deleted is kept', () => {
    const {nodeName: _, ...spec} = mounting('reader', 'node-b', 'data-web-0').spec ?? {containers: []}
    const waiting = {...mounting('reader', 'node-b', 'data-web-0'), spec}
    const {losses} = whatIf({...leaving, pods: [...(leaving.pods ?? []), waiting]}, drain, NODE)
    expect(losses).toHaveLength(1)
    expect(whatIf({...web(1, {pinned: true}), storageClasses: classes}, drain, NODE).losses).toEqual([])
  })

  test('another finalizer keeps it besides: its set waits for whoever has set that', () => {
    const metadata = {...terminating('data-web-0').metadata, finalizers: ['example.com/backup']}
    const {pods, losses} = whatIf({...leaving, persistentVolumeClaims: [claim({metadata})]}, drain, NODE)
    expect(pods).toMatchObject([{name: 'web-0', returns: 'No'}])
    expect(losses).toHaveLength(1)
  })
})
