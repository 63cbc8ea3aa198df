import {expect, test} from 'vitest'
import type {Observed} from '../../../src/model/snapshot.ts'
import type {Change} from '../../../src/reports/what-if/change.ts'
import {claim, pinnedTo, volume} from '../../builders.ts'
import {named, web, whatIf, whatIfUnseen} from './asking.ts'

const CLAIM = 'web-0-scratch'
const TEMPLATE = {spec: {storageClassName: 'fast', accessModes: ['ReadWriteOnce'], resources: {}}}

/** web-0 with a generic ephemeral volume on a disk of node-a, and an emptyDir besides. */
function ephemeral(policy = 'Delete', owner = 'uid-web-0'): Partial<Observed> {
  const facts = web(1)
  const volumes = [
    {name: 'scratch', ephemeral: {volumeClaimTemplate: TEMPLATE}},
    {name: 'cache', emptyDir: {}},
  ]
  const ownerReferences = [{apiVersion: 'v1', kind: 'Pod', name: 'web-0', uid: owner, controller: true}]
  const own = claim({name: CLAIM, metadata: {name: CLAIM, namespace: 'shop', ownerReferences}})
  const disk = {
    ...pinnedTo('kubernetes.io/hostname', 'node-a'),
    persistentVolumeReclaimPolicy: policy,
    claimRef: {namespace: 'shop', name: CLAIM},
  }
  return {
    ...facts,
    storageClasses: [{metadata: {name: 'fast'}, provisioner: 'disk.example.com'}],
    statefulSets: (facts.statefulSets ?? []).map((set) => ({
      ...set,
      spec: {...set.spec, template: {metadata: {labels: {app: 'web'}}, spec: {containers: [], volumes}}},
    })) as Observed['statefulSets'],
    pods: (facts.pods ?? []).map((pod) => ({...pod, spec: {containers: [], ...pod.spec, volumes}})),
    persistentVolumeClaims: [own],
    persistentVolumes: [volume({name: `pv-${CLAIM}`, spec: disk})],
  }
}

const NODE = named('nodes', 'node-a')
const SET = named('statefulSets', 'web')
const POD = named('pods', 'web-0')
const taint = [{taint: {key: 'mine', effect: 'NoExecute'}, isRemoved: false}]
const TEXT = `claim ${CLAIM} is deleted with web-0, for which alone it was made: its volume pv-${CLAIM} is deleted too (reclaim policy Delete), with all data`
const EMPTY_DIR = 'what web-0 keeps in its emptyDir volumes goes with it: cache'

test.each([
  [{action: 'drain', neverReady: []}, NODE],
  [{action: 'lose', neverReady: []}, NODE],
  [{action: 'taint', edits: taint, neverReady: []}, NODE],
  [{action: 'delete', isOrphaning: false, neverReady: []}, POD],
] as const)('$action: what a Pod takes with it is said, each once', (change, subject) => {
  const {losses} = whatIf(ephemeral(), change, subject)
  expect(losses.map(({name, destroysData, message}) => [name, destroysData, message])).toEqual([
    ['web-0', true, EMPTY_DIR],
    [CLAIM, true, TEXT],
  ])
})

test.each([
  [{action: 'delete', isOrphaning: false, neverReady: []}],
  [{action: 'scale', replicas: 0, neverReady: []}],
  [{action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: []}],
] as const)('$action of a set: the claims that were made for its Pods alone go with them', (change) => {
  expect(whatIf(ephemeral(), change, SET).losses.map(({message}) => message)).toEqual([TEXT])
})

test('what becomes of it is as the reclaim policy of its volume says, and unknown where nobody saw it', () => {
  const drain: Change = {action: 'drain', neverReady: []}
  const lossesOf = (facts: Partial<Observed>) =>
    whatIf(facts, drain, NODE).losses.flatMap(({name, destroysData}) => (name === CLAIM ? destroysData : []))
  expect(lossesOf(ephemeral('Retain'))).toEqual([false])
  expect(lossesOf(ephemeral('Delete', 'uid-of-another'))).toEqual([])
  const {persistentVolumeClaims: _, ...unseen} = ephemeral()
  expect(whatIfUnseen(['persistentVolumeClaims'], unseen, drain, NODE).losses).toContainEqual(
    expect.objectContaining({name: CLAIM, destroysData: null}),
  )
})

test('the volume that was made for the Pod before binds the one after it to no node', () => {
  const {pods, end} = whatIf(ephemeral(), {action: 'drain', neverReady: []}, NODE)
  expect(pods).toMatchObject([{name: 'web-0', returns: 'Yes', nodes: ['node-b', 'node-c']}])
  expect(end.state).toBe('Done')
})
