import {describe, expect, test} from 'vitest'
import type {Observed} from '../../../src/model/snapshot.ts'
import {node} from '../../builders.ts'
import {named, web, whatIf} from './asking.ts'

const SET = named('statefulSets', 'web')
const UPDATE = {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: []} as const

const deletions = ({steps}: ReturnType<typeof whatIf>) =>
  steps.map(({actions}) =>
    actions.filter(({action, kind}) => action === 'Delete' && kind === 'Pod').map(({name}) => name),
  )

const APART = {
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        {labelSelector: {matchLabels: {app: 'web'}}, topologyKey: 'kubernetes.io/hostname'},
      ],
    },
  },
}

const unready = (facts: Partial<Observed>, ordinal: number): Partial<Observed> => ({
  ...facts,
  pods: (facts.pods ?? []).map((each) =>
    each.metadata?.name === `web-${ordinal}`
      ? {...each, status: {...each.status, conditions: [{type: 'Ready', status: 'False'}]}}
      : each,
  ),
})

describe('update', () => {
  test('goes from the top, one by one', () => {
    const report = whatIf(web(3), UPDATE, SET)
    expect(deletions(report)).toEqual([['web-2'], ['web-1'], ['web-0']])
    expect(report.end).toMatchObject({state: 'Done'})
    expect(report.workloads[0]?.ready).toEqual({before: 3, lowest: 2, end: 3, endAtMost: 3})
  })

  test('goes two by two where maxUnavailable is heeded', () => {
    const report = whatIf(web(3), {...UPDATE, maxUnavailable: 2}, SET)
    expect(deletions(report)).toEqual([['web-2', 'web-1'], ['web-0']])
  })

  test('ends at the partition', () => {
    const report = whatIf(web(3), {...UPDATE, partition: 2}, SET)
    expect(deletions(report)).toEqual([['web-2']])
    expect(report.end).toMatchObject({state: 'Done', waitsFor: {reason: 'Partition'}})
  })

  test('a set without Pods has nothing to replace', () => {
    expect(whatIf(web(0), UPDATE, SET).end.message).toBe('it is scaled to 0: nothing is replaced')
  })

  test('prints what begins one, paces one, and nothing where one is under way', () => {
    const begun = web(3)
    const [set] = begun.statefulSets ?? []
    const status = {replicas: 3, currentRevision: 'web-1', updateRevision: 'web-2'}
    const underWay = {...begun, statefulSets: set ? [{...set, status}] : []}
    expect(whatIf(begun, UPDATE, SET).command).toEqual({
      text: 'kubectl rollout restart sts -n shop web',
      danger: 'every Pod of it is replaced, as far as the update comes',
    })
    expect(whatIf(underWay, UPDATE, SET).command).toBeNull()
    const paced = whatIf(begun, {...UPDATE, partition: 2}, SET).command
    expect(paced?.text).toContain(`kubectl patch sts -n shop web -p `)
    expect(paced?.danger).toBe('it alone replaces no Pod: that takes a new template besides')
    expect(whatIf(underWay, {...UPDATE, partition: 2}, SET).command?.danger).toBe('')
  })

  test('says which update is meant', () => {
    expect(whatIf(web(1), UPDATE, SET).assumptions[0]).toContain('the new template asks the same of nodes')
  })

  test('who else has the name of a Pod is none of those that are ready', () => {
    const facts = web(3)
    const [first, ...others] = facts.pods ?? []
    const {ownerReferences: _, ...metadata} = first?.metadata ?? {}
    const foreign = {...first, metadata: {...metadata, uid: 'foreign', labels: {}}}
    const report = whatIf({...facts, pods: [foreign, ...others]}, UPDATE, SET)
    expect(report.workloads[0]?.ready.before).toBe(2)
  })

  test('stops at a Pod that is not ready now, before it touches one below', () => {
    const report = whatIf(unready(web(3), 1), UPDATE, SET)
    expect(deletions(report)).toEqual([])
    expect(report.end).toMatchObject({state: 'Stopped', waitsFor: {pod: 'web-1'}})
  })

  test('stops at a Pod that never becomes ready again', () => {
    const report = whatIf(web(3), {...UPDATE, neverReady: ['web-2']}, SET)
    expect(deletions(report)).toEqual([['web-2']])
    expect(report.end.message).toBe(
      'the update stops at web-2, which does not come back: it never becomes ready, as you said',
    )
  })

  test('stops where an ordinal can not come back', () => {
    const facts = web(3, {pinned: true})
    const cordoned = (facts.nodes ?? []).map((node) =>
      node.metadata?.name === 'node-c' ? {...node, spec: {unschedulable: true}} : node,
    )
    const {end} = whatIf({...facts, nodes: cordoned}, UPDATE, SET)
    expect(end.message).toBe(
      'the update stops at web-2, which does not come back: its volume pv-data-web-2 is only reachable from node-c, and every node there is cordoned, or tainted against it',
    )
  })
})

describe('scale', () => {
  const retention = {spec: {persistentVolumeClaimRetentionPolicy: {whenScaled: 'Delete'}}}
  const scale = (facts: Partial<Observed>, replicas: number) =>
    whatIf(facts, {action: 'scale', replicas, neverReady: []}, SET)

  test('takes Pods from the top, and leaves claims where nobody says otherwise', () => {
    const report = scale(web(3, {pinned: true}), 1)
    expect(deletions(report)).toEqual([['web-2'], ['web-1']])
    expect(report.losses).toEqual([])
    expect(report.pods.map(({fate}) => fate)).toEqual(['Removed', 'Removed'])
  })

  test('says first what data goes with whenScaled: Delete', () => {
    const report = scale(web(3, {pinned: true, ...retention}), 1)
    expect(report.end.message).toMatch(/^the data of data-web-1 and data-web-2 is destroyed; /)
    expect(report.losses.map(({name, destroysData}) => [name, destroysData])).toEqual([
      ['data-web-1', true],
      ['data-web-2', true],
    ])
    expect(report.steps.at(-1)?.actions.map(({kind}) => kind)).toEqual([
      'PersistentVolumeClaim',
      'PersistentVolumeClaim',
    ])
  })

  test('stops where a lower ordinal is not ready', () => {
    const report = scale(unready(web(3), 0), 5)
    expect(report.end).toMatchObject({state: 'Stopped', waitsFor: {pod: 'web-0'}})
    expect(report.losses).toEqual([])
  })

  test('says where new Pods may run', () => {
    const report = scale(web(3), 4)
    expect(report.pods).toMatchObject([
      {name: 'web-3', fate: 'Created', returns: 'Yes', nodes: ['node-a', 'node-b', 'node-c']},
    ])
  })
})

describe('where there are many nodes', () => {
  const many = Array.from({length: 101}, (_, index) => node({name: `node-${index}`}))
  const facts = {...web(1), nodes: many}

  test('a hundred are named, and the report says that there are more', () => {
    const [pod] = whatIf(facts, {action: 'scale', replicas: 2, neverReady: []}, SET).pods
    expect(pod).toMatchObject({name: 'web-1', hasMoreNodes: true})
    expect(pod?.nodes).toHaveLength(100)
  })

  test.each([
    ['OrderedReady', {}, 150, 'Done'],
    ['OrderedReady', {}, 151, 'Short'],
    ['Parallel', {}, 150, 'Done'],
    ['Parallel', {}, 151, 'Short'],
    ['OrderedReady', APART, 151, 'Short'],
    ['OrderedReady', APART, 150, 'Done'],
  ])(
    '%s Pods, each as large as a node (%o), fill as many as there are: %i, %s',
    (policy, more, replicas, state) => {
      const full = Array.from({length: 150}, (_, index) =>
        node({name: `node-${index}`, status: {allocatable: {cpu: more === APART ? '9' : '1', pods: '9'}}}),
      )
      const [set] = web(0).statefulSets ?? []
      const containers = [{name: 'main', resources: {requests: {cpu: '1'}}}]
      const template = {metadata: {labels: {app: 'web'}}, spec: {containers, ...more}}
      const spec = {...set?.spec, template, podManagementPolicy: policy}
      const empty = {nodes: full, statefulSets: [{...set, spec}] as Observed['statefulSets']}
      expect(whatIf(empty, {action: 'scale', replicas, neverReady: []}, SET).end.state).toBe(state)
    },
  )

  test('it comes back on one of more than a hundred', () => {
    const {end} = whatIf(
      facts,
      {action: 'delete', isOrphaning: false, neverReady: []},
      named('pods', 'web-0'),
    )
    expect(end.message).toContain('on one of more than 100 nodes')
  })
})

describe('delete', () => {
  const remove = (
    facts: Partial<Observed>,
    resource: Parameters<typeof named>[0],
    name: string,
    isOrphaning = false,
  ) => whatIf(facts, {action: 'delete', isOrphaning, neverReady: []}, named(resource, name))

  test('a Pod comes back where its disk is', () => {
    const report = remove(web(3, {pinned: true}), 'pods', 'web-1')
    expect(report.end.message).toBe('web-1 comes back at revision web-1 on node-b')
  })

  /** web-2 is of the new revision, and web-1 is not yet: whoever is at or above the partition is to be. */
  const underWay = (partition: number | undefined): Partial<Observed> => {
    const rollingUpdate = partition === undefined ? {} : {rollingUpdate: {partition}}
    const facts = web(3, {spec: {updateStrategy: {type: 'RollingUpdate', ...rollingUpdate}}})
    const [set] = facts.statefulSets ?? []
    const status = {replicas: 3, currentReplicas: 2, currentRevision: 'web-1', updateRevision: 'web-new'}
    const pods = (facts.pods ?? []).map((each, ordinal) => {
      const {labels, ...metadata} = each.metadata ?? {}
      const own = {...labels, ...(ordinal === 2 && {'controller-revision-hash': 'web-new'})}
      return {...each, metadata: {...metadata, labels: own}}
    })
    return {...facts, statefulSets: set ? [{...set, status}] : [], pods}
  }

  test.each([
    ['web-0', 1, 'web-1'],
    ['web-1', 1, 'web-new'],
    ['web-2', 1, 'web-new'],
    ['web-0', 0, 'web-new'],
    ['web-0', undefined, 'web-1, then web-new'],
  ])(
    '%s comes back at the revision that is its own, and not at that of another: partition %s, %s',
    (name, partition, revision) => {
      const {end} = remove(underWay(partition), 'pods', name)
      expect(end.message).toBe(`${name} comes back at revision ${revision} on one of 3 nodes`)
    },
  )

  test('a claim goes when its Pod is gone, and its volume by its reclaim policy', () => {
    const report = remove(web(1, {pinned: true}), 'persistentVolumeClaims', 'data-web-0')
    expect(report.end.message).toContain('deleted once web-0 is gone')
    expect(report.losses).toMatchObject([{name: 'data-web-0', destroysData: true}])
  })

  test('a claim goes at once where its Pod is on no node, and is created again for it', () => {
    const facts = web(1, {pinned: true})
    const pods = (facts.pods ?? []).map(({spec, ...each}) => {
      const {nodeName: _, ...rest} = spec ?? {containers: []}
      return {...each, spec: rest, status: {phase: 'Pending'}}
    })
    const {end} = remove({...facts, pods}, 'persistentVolumeClaims', 'data-web-0')
    expect(end).toMatchObject({
      state: 'Done',
      message: expect.stringMatching(
        /deleted at once: .*; then a new and empty one is created in its place$/,
      ),
    })
    const finished = (facts.pods ?? []).map((each) => ({...each, status: {phase: 'Succeeded'}}))
    expect(remove({...facts, pods: finished}, 'persistentVolumeClaims', 'data-web-0').end.state).toBe(
      'Stopped',
    )
  })

  test.each([
    ['Delete', true, 'with all data'],
    ['Recycle', true, 'is wiped (reclaim policy Recycle): all data is gone'],
    ['Retain', false, 'stays (reclaim policy Retain)'],
    ['Shred', null, '<unknown>'],
  ])('reclaim policy %s: destroysData %s', (policy, destroysData, text) => {
    const facts = web(1, {pinned: true})
    const persistentVolumes = (facts.persistentVolumes ?? []).map((each) => ({
      ...each,
      spec: {...each.spec, persistentVolumeReclaimPolicy: policy},
    }))
    const report = remove({...facts, persistentVolumes}, 'persistentVolumeClaims', 'data-web-0')
    expect(report.losses).toMatchObject([{destroysData, message: expect.stringContaining(text)}])
    expect(report.command?.danger === 'it destroys data, for good').toBe(destroysData !== false)
  })

  test('a set takes its claims along where it says so, and orphans keep all', () => {
    const retention = {spec: {persistentVolumeClaimRetentionPolicy: {whenDeleted: 'Delete'}}}
    const facts = web(2, {pinned: true, ...retention})
    expect(remove(facts, 'statefulSets', 'web').losses).toHaveLength(2)
    expect(remove(web(2, {pinned: true}), 'statefulSets', 'web').losses).toEqual([])
    const orphaned = remove(facts, 'statefulSets', 'web', true)
    expect(orphaned.losses).toEqual([])
    expect(orphaned.pods.map(({fate}) => fate)).toEqual(['Staying', 'Staying'])
  })

  test('a Pod that nobody ends stays Terminating after its set, and an orphan is asked nothing', () => {
    const facts = web(2)
    const [first, ...others] = facts.nodes ?? []
    const silent = {...first, status: {...first?.status, conditions: [{type: 'Ready', status: 'Unknown'}]}}
    const dead = {...facts, nodes: [silent, ...others]}
    const {pods, end} = remove(dead, 'statefulSets', 'web')
    expect(pods).toMatchObject([
      {
        name: 'web-0',
        fate: 'Terminating',
        returns: 'Never',
        message: expect.stringContaining('nobody ends it'),
      },
      {name: 'web-1', fate: 'Deleted', returns: 'Never', message: null},
    ])
    expect(end.message).toContain('1 Pod of web goes')
    expect(end.message).toContain('web-0 stays Terminating: nobody ends it')
    expect(remove(dead, 'statefulSets', 'web', true).pods[0]?.fate).toBe('Staying')
    expect(remove(facts, 'statefulSets', 'web').end.message).not.toContain('Terminating')
  })
})
