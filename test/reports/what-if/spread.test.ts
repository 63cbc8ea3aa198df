import {expect, test} from 'vitest'
import type {Pod, StatefulSet} from '../../../src/model/objects.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import {node} from '../../builders.ts'
import {named, web, whatIf, whatIfUnseen} from './asking.ts'

const ZONE = 'topology.kubernetes.io/zone'
const HOSTNAME = 'kubernetes.io/hostname'

type Rule = NonNullable<NonNullable<Pod['spec']>['topologySpreadConstraints']>[number]

const rule = (others: Partial<Rule> = {}): Rule => ({
  maxSkew: 1,
  topologyKey: ZONE,
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: {matchLabels: {app: 'web'}},
  ...others,
})

const labelled = (name: string, zone: string | undefined, cpu = '4') =>
  node({
    name,
    metadata: {labels: {...(zone !== undefined && {[ZONE]: zone}), [HOSTNAME]: name}},
    status: {allocatable: {cpu, pods: '10'}},
  })

/** node-a and more in zone-a, and so on. */
const nodes = (...zones: readonly number[]) =>
  zones.flatMap((count, index) => {
    const letter = 'abc'[index] ?? ''
    return Array.from({length: count}, (_, at) =>
      labelled(`node-${letter}${at > 0 ? at + 1 : ''}`, `zone-${letter}`),
    )
  })

/** The set web with these rules, on node-a, node-b and node-c in turn. */
function spread(replicas: number, rules: readonly Rule[], of = nodes(1, 1, 1)): Partial<Observed> {
  const facts = web(replicas)
  const [set] = facts.statefulSets ?? []
  const withRules = <T extends {spec?: Pod['spec']}>(each: T): T => ({
    ...each,
    spec: {containers: [], ...each.spec, topologySpreadConstraints: rules},
  })
  const statefulSet: StatefulSet = {
    ...set,
    spec: {
      ...(set?.spec as NonNullable<StatefulSet['spec']>),
      template: withRules(set?.spec?.template ?? {}),
    },
  }
  return {...facts, nodes: of, statefulSets: [statefulSet], pods: (facts.pods ?? []).map(withRules)}
}

const drain = (facts: Partial<Observed>, name = 'node-a') =>
  whatIf(facts, {action: 'drain', neverReady: []}, named('nodes', name)).pods[0]

const scale = (facts: Partial<Observed>, replicas: number) =>
  whatIf(facts, {action: 'scale', replicas, neverReady: []}, named('statefulSets', 'web'))

test('a zone that a drain empties goes on counting, and the Pod may go to no other', () => {
  expect(drain(spread(3, [rule()]))).toMatchObject({
    returns: 'No',
    nodes: [],
    message: `its topologySpreadConstraints (maxSkew 1 over ${ZONE}) leave it only zone-a`,
  })
})

test('another node of its zone takes it, and no other zone', () => {
  expect(drain(spread(3, [rule()], nodes(2, 1, 1)))).toMatchObject({returns: 'Yes', nodes: ['node-a2']})
})

test.each([
  ['ScheduleAnyway', rule({whenUnsatisfiable: 'ScheduleAnyway'}), ['node-b', 'node-c']],
  ['a greater skew', rule({maxSkew: 2}), ['node-b', 'node-c']],
  ['a rule about others', rule({labelSelector: {matchLabels: {app: 'api'}}}), ['node-b', 'node-c']],
  ['no selector', {...rule(), labelSelector: undefined} as unknown as Rule, ['node-b', 'node-c']],
  // what is cordoned is tainted, and so its zone counts no more
  ['nodeTaintsPolicy Honor', rule({nodeTaintsPolicy: 'Honor'}), ['node-b', 'node-c']],
])('%s lets it go elsewhere', (_, own, found) => {
  expect(drain(spread(3, [own]))).toMatchObject({returns: 'Yes', nodes: found})
})

test('with Honor and fewer zones than minDomains none may have one', () => {
  const rules = [rule({nodeTaintsPolicy: 'Honor', minDomains: 3})]
  expect(drain(spread(3, rules))).toMatchObject({
    returns: 'No',
    message: `its topologySpreadConstraints (maxSkew 1 over ${ZONE}) leave it no node as long as there are fewer than 3 domains`,
  })
})

test('a node without the label takes nobody, and is no zone', () => {
  const facts = spread(3, [rule({maxSkew: 2})], [...nodes(1, 1, 1), labelled('node-x', undefined)])
  expect(drain(facts)).toMatchObject({nodes: ['node-b', 'node-c']})
})

test('nodes that the Pod may not go to are no zones, unless nodeAffinityPolicy says Ignore', () => {
  const wanted = (policy?: string) => {
    const facts = spread(2, [rule(policy ? {nodeAffinityPolicy: policy} : {})], nodes(2, 2, 1))
    const near = <T extends {spec?: Pod['spec']}>(each: T): T => ({
      ...each,
      spec: {containers: [], ...each.spec, nodeSelector: {near: 'yes'}},
    })
    return {
      ...facts,
      nodes: (facts.nodes ?? []).map((each) =>
        each.metadata?.labels?.[ZONE] === 'zone-c'
          ? each
          : {...each, metadata: {...each.metadata, labels: {...each.metadata?.labels, near: 'yes'}}},
      ),
      statefulSets: (facts.statefulSets ?? []).map((set) => ({
        ...set,
        spec: {...(set.spec as NonNullable<typeof set.spec>), template: near(set.spec?.template ?? {})},
      })),
      pods: (facts.pods ?? []).map(near),
    }
  }
  expect(scale(wanted(), 3).pods[0]?.nodes).toEqual(['node-a', 'node-a2', 'node-b', 'node-b2'])
  expect(scale(wanted('Ignore'), 3).pods[0]?.nodes).toEqual([])
})

test('Pods that are to go, have finished or are of another namespace do not count', () => {
  const facts = spread(2, [rule()], nodes(1, 1, 0))
  const [first] = facts.pods ?? []
  const one = (name: string, change: Partial<Pod>): Pod => ({
    ...first,
    ...change,
    metadata: {name, namespace: 'shop', uid: name, labels: {app: 'web'}, ...change.metadata},
    spec: {containers: [], nodeName: 'node-a'},
  })
  const others = [
    one('ended', {status: {phase: 'Succeeded'}}),
    one('going', {
      metadata: {
        name: 'going',
        namespace: 'shop',
        uid: 'g',
        labels: {app: 'web'},
        deletionTimestamp: '2026-01-01T00:00:00Z',
      },
    }),
    one('other', {metadata: {name: 'other', namespace: 'else', uid: 'o', labels: {app: 'web'}}}),
  ]
  expect(scale({...facts, pods: [...(facts.pods ?? []), ...others]}, 3).pods[0]?.nodes).toEqual([
    'node-a',
    'node-b',
  ])
  const more = one('more', {status: {phase: 'Running'}})
  expect(scale({...facts, pods: [...(facts.pods ?? []), more]}, 3).pods[0]?.nodes).toEqual(['node-b'])
})

test('of several that come nobody knows where they are, and each finds a node', () => {
  const {pods, end} = scale(spread(3, [rule()], nodes(2, 2, 2)), 6)
  expect(pods.map(({returns, nodes: where}) => [returns, where?.length])).toEqual([
    ['Yes', 6],
    ['Yes', 6],
    ['Yes', 6],
  ])
  expect(end.state).toBe('Done')
})

test('a zone that is full ends it: whoever comes once it is the emptiest finds no node', () => {
  const full = [labelled('node-a', 'zone-a', '0'), ...nodes(0, 1, 0)]
  const facts = spread(0, [rule()], full)
  const requests = {requests: {cpu: '1'}}
  const [set] = facts.statefulSets ?? []
  const spec = set?.spec as NonNullable<StatefulSet['spec']>
  const template = {
    ...spec.template,
    spec: {...spec.template.spec, containers: [{name: 'a', resources: requests}]},
  }
  const {pods} = scale({...facts, statefulSets: [{...set, spec: {...spec, template} as typeof spec}]}, 2)
  expect(pods.map(({name, returns, nodes: where}) => [name, returns, where])).toEqual([
    ['web-0', 'Yes', ['node-b']],
    ['web-1', 'No', []],
  ])
  expect(pods[1]?.message).toContain('leave it only zone-a, and no node there has enough cpu left')
})

test('whoever is deleted for an update counts no more', () => {
  const change = {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: []} as const
  const {pods} = whatIf(spread(2, [rule()], nodes(1, 1, 0)), change, named('statefulSets', 'web'))
  expect(pods.map(({name, nodes: where}) => [name, where])).toEqual([
    ['web-0', ['node-a']],
    ['web-1', ['node-b']],
  ])
})

test('matchLabelKeys counts those of its own revision alone', () => {
  const change = {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: []} as const
  const ask = (own: Rule) =>
    whatIf(spread(3, [own], nodes(1, 1, 0)), change, named('statefulSets', 'web')).pods
  // web-2 of three on two nodes, node-c being gone: the old ones are one in each zone
  expect(ask(rule()).at(0)?.nodes).toEqual(['node-a', 'node-b'])
  expect(ask(rule({matchLabelKeys: ['controller-revision-hash']})).map(({nodes: where}) => where)).toEqual([
    ['node-a', 'node-b'],
    ['node-a', 'node-b'],
    ['node-a', 'node-b'],
  ])
})

test('over nodes and over zones at once', () => {
  const rules = [rule(), rule({topologyKey: HOSTNAME})]
  expect(drain(spread(3, rules, nodes(2, 1, 1)))).toMatchObject({nodes: ['node-a2'], returns: 'Yes'})
})

test('a lost zone counts as long as its nodes are there', () => {
  const report = whatIf(spread(3, [rule()]), {action: 'lose', neverReady: []}, named('nodes', 'node-a'))
  expect(report.pods).toMatchObject([{fate: 'Terminating', returns: 'No'}])
})

test('without the Pods of its namespace nobody knows where it may go', () => {
  const facts = spread(3, [rule()])
  const ask = (own: Partial<Observed>) =>
    whatIfUnseen(['pods'], own, {action: 'scale', replicas: 4, neverReady: []}, named('statefulSets', 'web'))
  expect(ask({...facts, pods: []}).end.state).toBe('Unknown')
  expect(ask(facts).pods).toMatchObject([{name: 'web-3', returns: 'Yes'}])
})

test('of several that come side by side each may go where it could after the others', () => {
  const facts = spread(1, [rule()], nodes(2, 2))
  const statefulSets = (facts.statefulSets ?? []).map((set) => ({
    ...set,
    spec: {...set.spec, podManagementPolicy: 'Parallel'},
  })) as Observed['statefulSets']
  const all = ['node-a', 'node-a2', 'node-b', 'node-b2']
  const {pods, end} = scale({...facts, statefulSets}, 4)
  expect(pods.map(({name, returns, nodes: where}) => [name, returns, where])).toEqual(
    ['web-1', 'web-2', 'web-3'].map((name) => [name, 'Yes', all]),
  )
  expect(end.state).toBe('Done')
  // alone it is the first, and has to go where nobody is
  expect(scale({...facts, statefulSets}, 2).pods).toMatchObject([{nodes: ['node-b', 'node-b2']}])
})

test('who is back before the others are gone may go where the rule lets nobody in the end', () => {
  // web-0 and web-3 on node-a, one each on the others
  const {pods, end} = whatIf(spread(4, [rule()]), {action: 'drain', neverReady: []}, named('nodes', 'node-a'))
  const back = {returns: 'Maybe', nodes: ['node-b', 'node-c']}
  expect(pods).toMatchObject([
    {name: 'web-0', ...back, message: 'only if it is back before the others are gone'},
    {name: 'web-3', ...back},
  ])
  expect(end).toMatchObject({
    state: 'Short',
    message: expect.stringMatching(
      /web-0 and shop\/web-3 may find no node: one is open only while the others are/,
    ),
  })
  // whoever leaves alone is not before anybody
  expect(drain(spread(3, [rule()]))).toMatchObject({returns: 'No', nodes: []})
})
