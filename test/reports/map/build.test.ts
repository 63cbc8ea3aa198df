import {expect, test} from 'vitest'
import {mapQuestion} from '../../../src/reports/map/question.ts'
import type {MappedClaim, MappedOrdinal} from '../../../src/reports/map/report.ts'
import {
  attachment,
  CREATED,
  claim,
  healthy,
  NOW,
  node,
  pinnedTo,
  pod,
  snapshot,
  statefulSet,
  volume,
} from '../../builders.ts'

const everything = {names: []}

const CLAIM: MappedClaim = {
  template: 'data',
  name: 'data-web-0',
  phase: 'Bound',
  terminating: false,
  mounted: true,
  shared: false,
  requested: '1Gi',
  capacity: '1Gi',
  storageClassName: 'fast',
  accessModes: ['ReadWriteOnce'],
  createdAt: CREATED,
  volume: {
    name: 'pv-data-web-0',
    phase: 'Bound',
    capacity: '1Gi',
    reclaimPolicy: 'Delete',
    source: 'csi.test',
    allowedNodes: {zones: ['a']},
    reachesNode: true,
  },
  attachments: [{nodeName: 'node-a', attached: true}],
}

const ORDINAL: MappedOrdinal = {
  ordinal: 0,
  state: 'desired',
  pod: {
    name: 'web-0',
    uid: 'uid-web-0',
    status: 'Running',
    phase: 'Running',
    ready: true,
    available: true,
    terminating: false,
    containers: {ready: 1, total: 1},
    restarts: 0,
    revision: 'web-1',
    nodeName: 'node-a',
    ip: '10.0.0.1',
    createdAt: CREATED,
  },
  nameHeldBy: null,
  claims: [CLAIM],
  node: {name: 'node-a', state: 'Present', ready: true, schedulable: true, zone: 'a'},
  identity: {
    hostname: 'web-0',
    dnsName: 'web-0.web.shop.svc',
    published: false,
    reason: 'OtherName',
    headless: true,
    publishNotReadyAddresses: false,
    ready: null,
    serving: null,
    terminating: null,
    addresses: [],
    ofPod: null,
  },
  findings: [],
}

const facts = {
  ...healthy(),
  persistentVolumes: [volume({spec: pinnedTo('topology.kubernetes.io/zone', 'a')})],
  volumeAttachments: [attachment()],
}

test('a healthy set is told whole', () => {
  expect(mapQuestion.build({...snapshot(facts), server: {version: 'v1.37.1'}}, everything)).toEqual({
    apiVersion: 'kubectl-stateful/v1alpha1',
    kind: 'MapReport',
    observedAt: NOW,
    server: {version: 'v1.37.1'},
    omissions: [],
    workloads: [
      {
        kind: 'StatefulSet',
        namespace: 'shop',
        name: 'web',
        uid: 'uid-web',
        desiredReplicas: 1,
        ordinalStart: 0,
        podManagementPolicy: 'OrderedReady',
        serviceName: 'web',
        ordinals: [ORDINAL],
        spread: {
          zones: [{name: 'a', pods: 1, volumes: 1, leaves: 0}],
          sharedNodes: [],
          zoneless: 0,
          unseen: 0,
          unplaced: 0,
          rules: [],
        },
        findings: [],
      },
    ],
  })
})

function ordinalOf(...given: Parameters<typeof snapshot>): MappedOrdinal | undefined {
  return mapQuestion.build(snapshot(...given), everything).workloads[0]?.ordinals[0]
}

function claimOf(...given: Parameters<typeof snapshot>): MappedClaim | undefined {
  return ordinalOf(...given)?.claims[0]
}

const NOTHING_KNOWN = {
  requested: null,
  capacity: null,
  storageClassName: null,
  accessModes: [],
  createdAt: null,
  volume: null,
  attachments: [],
}

test('a claim that is not there is Missing, one that was not seen Unknown', () => {
  const none = {...facts, persistentVolumeClaims: []}
  expect(claimOf(none)).toEqual({...CLAIM, ...NOTHING_KNOWN, phase: 'Missing'})
  expect(claimOf(none, ['persistentVolumeClaims'])).toEqual({...CLAIM, ...NOTHING_KNOWN, phase: 'Unknown'})
})

test('a volume that is not there is Missing, one that was not seen Unknown', () => {
  const none = {...facts, persistentVolumes: []}
  const blank = {
    name: 'pv-data-web-0',
    capacity: null,
    reclaimPolicy: null,
    source: null,
    allowedNodes: null,
    reachesNode: null,
  }
  expect(claimOf(none)?.volume).toEqual({...blank, phase: 'Missing'})
  expect(claimOf(none, ['persistentVolumes'])?.volume).toEqual({...blank, phase: 'Unknown'})
})

test('a node that is not there is Missing, one that was not seen Unknown', () => {
  const none = {...facts, nodes: []}
  const blank = {name: 'node-a', ready: null, schedulable: null, zone: null}
  expect(ordinalOf(none)?.node).toEqual({...blank, state: 'Missing'})
  expect(ordinalOf(none, ['nodes'])?.node).toEqual({...blank, state: 'Unknown'})
  expect(claimOf(none)?.volume?.reachesNode).toBeNull()
})

test('an ordinal without Pod still has its claims', () => {
  expect(ordinalOf({...facts, pods: []})).toEqual({
    ...ORDINAL,
    pod: null,
    node: null,
    identity: ORDINAL.identity && {...ORDINAL.identity, reason: 'NoPod'},
    claims: [{...CLAIM, volume: {...CLAIM.volume, reachesNode: null}}],
  })
})

test('who holds the name of an ordinal stands beside the empty place', () => {
  const mapped = ordinalOf({...facts, pods: [pod({metadata: {ownerReferences: []}})]})
  expect([mapped?.pod, mapped?.nameHeldBy, mapped?.node]).toEqual([null, ORDINAL.pod, ORDINAL.node])
  expect(mapped?.findings.map(({id}) => id)).toEqual(['sts-name-held-by-foreign-pod'])
})

test('a Pod is on a node that its volume can not be reached from', () => {
  const elsewhere = node({metadata: {labels: {'topology.kubernetes.io/zone': 'b'}}})
  expect(claimOf({...facts, nodes: [elsewhere]})?.volume?.reachesNode).toBe(false)
})

test('availability counts from the snapshot’s clock', () => {
  const waiting = (minReadySeconds: number) => ({
    ...facts,
    statefulSets: [statefulSet({spec: {minReadySeconds}})],
  })
  expect(ordinalOf(waiting(7170))?.pod?.available).toBe(true)
  expect(ordinalOf(waiting(7171))?.pod?.available).toBe(false)
})

test('an attachment tells its error, detaching before attaching', () => {
  const troubled = (status: Parameters<typeof attachment>[0]) => ({
    ...facts,
    volumeAttachments: [attachment(status)],
  })
  const [attachError, detachError] = [{message: 'full'}, {message: 'busy'}]
  expect(claimOf(troubled({status: {attached: false, attachError}}))?.attachments).toEqual([
    {nodeName: 'node-a', attached: false, error: 'full'},
  ])
  expect(claimOf(troubled({status: {attached: true, attachError, detachError}}))?.attachments).toEqual([
    {nodeName: 'node-a', attached: true, error: 'busy'},
  ])
})

test('a claim that two ordinals mount is shared', () => {
  const volumes = [{name: 'v', persistentVolumeClaim: {claimName: 'everyones'}}]
  const pods = [0, 1].map((ordinal) => pod({name: `web-${ordinal}`, spec: {volumes}}))
  const shared = {
    statefulSets: [statefulSet({replicas: 2, templates: []})],
    pods,
    persistentVolumeClaims: [claim({name: 'everyones'})],
  }
  const {workloads} = mapQuestion.build(snapshot(shared), everything)
  expect(
    workloads[0]?.ordinals.map(({claims}) => claims.map(({name, shared: isShared}) => [name, isShared])),
  ).toEqual([[['everyones', true]], [['everyones', true]]])
})
