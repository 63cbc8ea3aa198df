import {describe, expect, test} from 'vitest'
import type {CSINode, PersistentVolume, PersistentVolumeClaim, Pod} from '../../../src/model/objects.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import {claim, node, pod, volume} from '../../builders.ts'
import {named, nodes, web, whatIf, whatIfUnseen} from './asking.ts'

const DRIVER = 'disk.example.com'
const DRAIN = {action: 'drain', neverReady: []} as const
const NODE = named('nodes', 'node-a')

const limit = (name: string, count: number | undefined, driver = DRIVER): CSINode => ({
  metadata: {name},
  spec: {drivers: [{name: driver, ...(count !== undefined && {allocatable: {count}})}]},
})

const disk = (name: string, claimName = name) =>
  volume({
    name: `pv-${name}`,
    spec: {csi: {driver: DRIVER, volumeHandle: name}, claimRef: {namespace: 'shop', name: claimName}},
  })

/** web-0 on node-a and web-1 on node-b, each with a disk of the driver that may be attached anywhere. */
function driven(csiNodes: readonly CSINode[], others: Partial<Observed> = {}): Partial<Observed> {
  const facts = web(2, {pinned: true})
  return {
    ...facts,
    nodes: nodes.slice(0, 2),
    persistentVolumes: ['data-web-0', 'data-web-1'].map((name) => disk(name)),
    csiNodes,
    ...others,
  }
}

const fate = (facts: Partial<Observed>) => whatIf(facts, DRAIN, NODE).pods[0]

test('a node that has as many volumes as it takes takes no Pod with another one', () => {
  expect(fate(driven([limit('node-b', 1)]))).toMatchObject({
    returns: 'No',
    nodes: [],
    message: 'every node that is left has as many volumes of its driver as it takes',
  })
})

test.each([
  ['one more', [limit('node-b', 2)]],
  ['another driver', [limit('node-b', 1, 'other.example.com')]],
  ['no count', [limit('node-b', undefined)]],
  ['another node', [limit('node-a', 1)]],
  ['no CSINode', []],
])('%s is no limit', (_, csiNodes) => {
  expect(fate(driven(csiNodes))).toMatchObject({returns: 'Yes', nodes: ['node-b']})
})

test('a volume that several mount counts once', () => {
  const shared = (name: string, nodeName: string): Pod => ({
    ...pod({name, metadata: {name, namespace: 'shop', uid: name}}),
    spec: {
      nodeName,
      containers: [],
      volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data-web-1'}}],
    },
  })
  const facts = driven([limit('node-b', 2)])
  const pods = [...(facts.pods ?? []), shared('one', 'node-b'), shared('two', 'node-b')]
  expect(fate({...facts, pods})).toMatchObject({nodes: ['node-b']})
})

const attachment = (name: string, nodeName: string, change: object = {}) => ({
  metadata: {name, ...change},
  spec: {attacher: DRIVER, nodeName, source: {persistentVolumeName: `pv-${name}`}},
})

test('what stays attached behind its Pod counts, and what is being detached does not', () => {
  const facts = driven([limit('node-b', 2)], {
    persistentVolumes: ['data-web-0', 'data-web-1', 'old'].map((name) => disk(name)),
  })
  const stray = [attachment('old', 'node-b')]
  expect(fate({...facts, volumeAttachments: stray})).toMatchObject({returns: 'No'})
  const going = [attachment('old', 'node-b', {deletionTimestamp: '2026-01-01T00:00:00Z'})]
  expect(fate({...facts, volumeAttachments: going})).toMatchObject({nodes: ['node-b']})
  const own = [attachment('data-web-1', 'node-b'), attachment('old', 'node-c')]
  expect(fate({...facts, volumeAttachments: own})).toMatchObject({nodes: ['node-b']})
})

test('the disk that an old plugin has is of the driver that replaced it', () => {
  const old = (name: string) => {
    const {csi: _, ...spec} = disk(name).spec ?? {}
    return {...disk(name), spec: {...spec, awsElasticBlockStore: {}}} as PersistentVolume
  }
  const facts = driven([limit('node-b', 1, 'ebs.csi.aws.com')], {
    persistentVolumes: [old('data-web-0'), old('data-web-1')],
  })
  expect(fate(facts)).toMatchObject({returns: 'No'})
})

test('claims that are made with new ordinals count by the provisioner of their class', () => {
  const facts = driven([limit('node-a', 1), limit('node-b', 2)], {
    storageClasses: [
      {metadata: {name: 'fast'}, provisioner: DRIVER, volumeBindingMode: 'WaitForFirstConsumer'},
    ],
  })
  const [set] = facts.statefulSets ?? []
  const templates = set?.spec?.volumeClaimTemplates?.map((each) => ({
    ...each,
    spec: {...each.spec, storageClassName: 'fast'},
  }))
  const statefulSets = [
    {...set, spec: {...set?.spec, volumeClaimTemplates: templates}},
  ] as Observed['statefulSets']
  const change = {action: 'scale', replicas: 4, neverReady: []} as const
  const {pods} = whatIf({...facts, statefulSets}, change, named('statefulSets', 'web'))
  expect(pods.map(({name, returns, nodes: where}) => [name, returns, where])).toEqual([
    ['web-2', 'Yes', ['node-b']],
    ['web-3', 'No', []],
  ])
})

test('limits that were not seen make it unknown, for whoever has such a volume', () => {
  const report = whatIfUnseen(['csiNodes'], driven([]), DRAIN, NODE)
  expect(report.pods).toMatchObject([
    {returns: null, nodes: ['node-b'], message: expect.stringContaining('csinodes could not be read')},
  ])
  expect(report.end.state).toBe('Unknown')
  expect(whatIfUnseen(['csiNodes'], web(2), DRAIN, NODE).end.state).toBe('Done')
})

test('a partition that holds the others makes nothing known, and who is not back keeps the next one', () => {
  const updated = (partition: number | undefined) =>
    whatIfUnseen(
      ['csiNodes'],
      driven([]),
      {action: 'update', partition, maxUnavailable: undefined, neverReady: []},
      named('statefulSets', 'web'),
    )
  const held = updated(1)
  expect(held.end).toMatchObject({
    state: 'Unknown',
    message: expect.stringMatching(
      /^1 Pod is replaced; the partition holds the others at the old revision; where shop\/web-1 could go is <unknown>/,
    ),
  })
  expect(held.workloads).toMatchObject([{ready: {end: 1, endAtMost: 2}}])
  // one at a time: two are never down
  expect(updated(undefined).workloads).toMatchObject([{ready: {end: 1, endAtMost: 2}}])
})

test.each(['volumeAttachments', 'persistentVolumeClaims', 'pods'] as const)(
  'where a node has a limit and %s were not seen, it may have as many volumes as it takes',
  (kind) => {
    const scaled = (facts: Partial<Observed>) =>
      whatIfUnseen(
        [kind],
        facts,
        {action: 'scale', replicas: 3, neverReady: []},
        named('statefulSets', 'web'),
      )
    const made = (csiNodes: readonly CSINode[]) => {
      const facts = driven(csiNodes, {
        storageClasses: [
          {metadata: {name: 'fast'}, provisioner: DRIVER, volumeBindingMode: 'WaitForFirstConsumer'},
        ],
        persistentVolumeClaims: [...(driven([]).persistentVolumeClaims ?? []), unbound('data-web-2')],
      })
      return facts
    }
    const unseen = scaled(made([limit('node-a', 2), limit('node-b', 2)]))
    expect(unseen.pods).toMatchObject([
      {
        name: 'web-2',
        returns: null,
        nodes: ['node-a', 'node-b'],
        message: `${kind.toLowerCase()} could not be read: whether these nodes take one more of its volumes is <unknown>`,
      },
    ])
    expect(unseen.end.state).toBe('Unknown')
    // nobody counts what nobody limits
    expect(scaled(made([limit('node-a', 2, 'other.example.com')])).pods).toMatchObject([{returns: 'Yes'}])
  },
)

function unbound(name: string): PersistentVolumeClaim {
  const {volumeName: _, ...spec} = claim({name}).spec ?? {}
  return {...claim({name}), metadata: {name, namespace: 'shop'}, spec, status: {phase: 'Pending'}}
}

const once = (name: string): PersistentVolumeClaim => {
  const each = claim({name})
  return {...each, spec: {...each.spec, accessModes: ['ReadWriteOncePod']}}
}

test('a claim that one Pod alone may mount waits for whoever has it', () => {
  const other: Pod = {
    ...pod({name: 'backup', metadata: {name: 'backup', namespace: 'shop', uid: 'backup'}}),
    spec: {
      nodeName: 'node-b',
      containers: [],
      volumes: [{name: 'data', persistentVolumeClaim: {claimName: 'data-web-0'}}],
    },
  }
  const claims = [once('data-web-0'), once('data-web-1')]
  const facts = driven([], {persistentVolumeClaims: claims})
  expect(fate(facts)).toMatchObject({returns: 'Yes', nodes: ['node-b']})
  expect(fate({...facts, pods: [...(facts.pods ?? []), other]})).toMatchObject({
    returns: 'No',
    message: 'its claim data-web-0 is ReadWriteOncePod, and backup has it',
  })
})

describe('Pods that share a claim', () => {
  const RS = {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'uid-r', controller: true}
  const sharing = (...specs: readonly Partial<NonNullable<Pod['spec']>>[]): Partial<Observed> => ({
    nodes,
    pods: specs.map((spec, index) => {
      const name = `web-${'pqr'[index]}`
      const metadata = {name, namespace: 'shop', uid: name, labels: {app: 'web'}, ownerReferences: [RS]}
      const volumes = [{name: 'data', persistentVolumeClaim: {claimName: 'data-web-0'}}]
      return pod({metadata, spec: {volumes, ...spec}})
    }),
    persistentVolumeClaims: [claim()],
    persistentVolumes: [volume()],
    volumeAttachments: [attachment('data-web-0', 'node-a')],
  })
  const returns = (facts: Partial<Observed>) =>
    whatIf(facts, {action: 'drain', neverReady: []}, named('nodes', 'node-a')).pods.map(
      (each) => each.returns,
    )
  const message = (name: string) =>
    `its claim data-web-0 is for one node at a time, and ${name} may have it on another`

  test('may be put on nodes that can not all have its volume', () => {
    const report = whatIf(sharing({}, {}), {action: 'drain', neverReady: []}, named('nodes', 'node-a'))
    expect(report.pods).toMatchObject([
      {returns: 'Maybe', message: message('web-q')},
      {returns: 'Maybe', message: message('web-p')},
    ])
    expect(report.end.state).toBe('Short')
  })

  test('wait for one that stays on another node', () => {
    expect(returns(sharing({nodeName: 'node-b'}, {}))).toEqual(['Maybe'])
  })

  test.each<[string, Partial<Observed>]>([
    ['many nodes may have it', {persistentVolumes: [volume({spec: {accessModes: ['ReadWriteMany']}})]}],
    ['its driver attaches nothing', {volumeAttachments: []}],
    [
      'one node is left',
      {nodes: nodes.map((each, index) => (index === 2 ? {...each, spec: {unschedulable: true}} : each))},
    ],
  ])('are all back where %s', (_, facts) => {
    const all = {...sharing({}, {}), ...facts}
    expect(returns(all)).toEqual(['Yes', 'Yes'])
  })

  test('are all back where a rule keeps them together', () => {
    const labelSelector = {matchLabels: {app: 'web'}}
    const affinity = {
      podAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          {topologyKey: 'kubernetes.io/hostname', labelSelector},
        ],
      },
    }
    expect(returns(sharing({affinity}, {affinity}))).toEqual(['Yes', 'Yes'])
  })
})

test('who wants to be beside others needs one who is all that is wanted', () => {
  const labelled = (name: string, labels: Readonly<Record<string, string>>, nodeName: string): Pod => ({
    ...pod({name, metadata: {name, namespace: 'shop', uid: name, labels, ownerReferences: []}}),
    spec: {nodeName, containers: [], volumes: []},
  })
  const HOSTNAME = 'kubernetes.io/hostname'
  const term = (label: string) => ({labelSelector: {matchLabels: {[label]: 'yes'}}, topologyKey: HOSTNAME})
  const affinity = {
    podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [term('cache'), term('fast')]},
  }
  const facts = web(1)
  const pods = (facts.pods ?? []).map((each) => ({
    ...each,
    spec: {containers: [], ...each.spec, affinity},
  }))
  const statefulSets = (facts.statefulSets ?? []).map((set) => ({
    ...set,
    spec: {...set.spec, template: {...set.spec?.template, spec: {...set.spec?.template.spec, affinity}}},
  })) as Observed['statefulSets']
  const others = [
    labelled('both', {cache: 'yes', fast: 'yes'}, 'node-b'),
    labelled('one', {cache: 'yes'}, 'node-c'),
    labelled('other', {fast: 'yes'}, 'node-c'),
  ]
  expect(fate({...facts, statefulSets, pods: [...pods, ...others], nodes})).toMatchObject({nodes: ['node-b']})
})

test('whoever minds no cordon may come back to the node that is drained', () => {
  const tolerations = [{operator: 'Exists'}]
  const facts = web(1)
  const statefulSets = (facts.statefulSets ?? []).map((set) => ({
    ...set,
    spec: {...set.spec, template: {...set.spec?.template, spec: {...set.spec?.template.spec, tolerations}}},
  })) as Observed['statefulSets']
  const one = [node({name: 'node-a', status: {allocatable: {cpu: '4', pods: '10'}}})]
  expect(fate({...facts, statefulSets, nodes: one})).toMatchObject({returns: 'Yes', nodes: ['node-a']})
  expect(fate({...facts, nodes: one})).toMatchObject({returns: 'No'})
})
