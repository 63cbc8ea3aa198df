import {describe, expect, test} from 'vitest'
import type {StatefulSet} from '../../../src/model/objects.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import {pod} from '../../builders.ts'
import {named, nodes, web, whatIf} from './asking.ts'

const SET = named('statefulSets', 'web')
const NODE = named('nodes', 'node-a')

const containers = [{name: 'main', resources: {requests: {cpu: '3'}}}]

const waiting = () => {
  const {spec, ...others} = pod({
    name: 'db-0',
    set: 'db',
    metadata: {name: 'db-0', namespace: 'shop', uid: 'uid-db-0', ownerReferences: []},
    spec: {containers, volumes: []},
  })
  const {nodeName: _, ...rest} = spec ?? {containers}
  const conditions = [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable'}]
  return {...others, spec: rest, status: {phase: 'Pending', conditions}}
}

/** Three ordinals, each of which takes a node whole; another Pod waits for one. */
function full(policy: string, maxUnavailable: number | string = 1): Partial<Observed> {
  const facts = web(3)
  const sets = (facts.statefulSets ?? []).map((set) => ({
    ...set,
    spec: {
      ...set.spec,
      podManagementPolicy: policy,
      updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxUnavailable}},
      template: {...set.spec?.template, spec: {containers}},
    },
  }))
  const pods = (facts.pods ?? []).map((each) => ({...each, spec: {...each.spec, containers}}))
  return {...facts, statefulSets: sets as readonly StatefulSet[], pods: [...pods, waiting()]}
}

function updated(facts: Partial<Observed>) {
  return whatIf(
    facts,
    {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: []},
    SET,
  )
}

const conditions = (facts: Partial<Observed>) =>
  updated(facts).pods.map(({name, onlyIf}) => [name, ...onlyIf])

describe('who may find no node keeps the update from those after it', () => {
  test.each(['Parallel', 'OrderedReady'])('%s: the first is deleted in any case', (policy) => {
    const {pods, end, steps, workloads} = updated(full(policy))
    expect(pods.map(({name, onlyIf}) => [name, ...onlyIf])).toEqual([
      ['web-0', 'web-2'],
      ['web-1', 'web-2'],
      ['web-2'],
    ])
    expect(end.state).toBe('Short')
    expect(end.message).toMatch(
      /^1 Pod is replaced; shop\/web-2 may find no node: .*; shop\/web-0 and shop\/web-1 are replaced only if web-2 is at work by then$/,
    )
    expect(steps.map(({waitsFor}) => waitsFor)).toEqual([null, 'web-2 to be at work', 'web-2 to be at work'])
    expect(workloads).toMatchObject([{ready: {end: 2, endAtMost: 3}}])
  })

  test('one that never becomes ready is told of with both', () => {
    const {end} = whatIf(
      full('Parallel'),
      {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: ['web-0']},
      SET,
    )
    expect(end).toMatchObject({
      state: 'Stopped',
      message:
        'the update stops at web-0, which does not come back: it never becomes ready, as you said; it comes so far only if web-2 is at work by then',
    })
  })

  test('near miss: where more may be down, one that is keeps nobody', () => {
    expect(conditions(full('Parallel', 2)).filter(([, ...onlyIf]) => onlyIf.length > 0)).toEqual([
      ['web-0', 'web-1', 'web-2'],
    ])
  })

  test('near miss: nobody waits', () => {
    const {pods, ...others} = full('Parallel')
    const alone = {...others, pods: (pods ?? []).filter(({metadata}) => metadata?.name !== 'db-0')}
    expect(conditions(alone)).toEqual([['web-0'], ['web-1'], ['web-2']])
    expect(updated(alone).end.message).toMatch(/^3 Pods are replaced in 3 rounds/)
  })
})

test('a node that joins may take whoever waits, which is said', () => {
  const joined = (pods: Observed['pods']) =>
    whatIf({nodes, pods}, {action: 'join', neverReady: []}, NODE).assumptions.filter((text) =>
      text.startsWith('shop/db-0 waits for a node: where there is room then it may find one'),
    )
  expect(joined([waiting()])).toHaveLength(1)
  expect(joined([])).toEqual([])
})

test.each([
  ['other', ['--overwrite']],
  ['node-a', []],
])('a label that is there needs --overwrite to become %s', (value, flags) => {
  const edits = [{key: 'kubernetes.io/hostname', value}]
  const {command} = whatIf({nodes}, {action: 'label', edits, neverReady: []}, NODE)
  expect(command?.text.split(' ').filter((word) => word.startsWith('--'))).toEqual(flags)
})

test.each([
  ['NoSchedule', ['--overwrite']],
  ['NoExecute', []],
])('a taint that is there needs it where its effect is %s', (effect, flags) => {
  const tainted = nodes.map((node) => ({
    ...node,
    spec: {taints: [{key: 'mine', value: 'no', effect: 'NoSchedule'}]},
  }))
  const edits = [{taint: {key: 'mine', value: 'yes', effect}, isRemoved: false}]
  const {command} = whatIf({nodes: tainted}, {action: 'taint', edits, neverReady: []}, NODE)
  expect(command?.text.split(' ').filter((word) => word.startsWith('--'))).toEqual(flags)
})
