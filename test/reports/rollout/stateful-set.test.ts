import {describe, expect, test} from 'vitest'
import {first, judged, member, type Rolled, ready, rolled, rolling, unready} from './rollouts.ts'

const [a0, a1, b1, b2] = [member(0, 'a'), member(1, 'a'), member(1, 'b'), member(2, 'b')]
const allNew = [member(0, 'b'), b1, b2]
const onDelete = {updateStrategy: {type: 'OnDelete'}}
const partitioned = (partition: number) => ({
  updateStrategy: {type: 'RollingUpdate', rollingUpdate: {partition}},
})

describe('nothing is in the way', () => {
  test.for<[string, Rolled, string, string | null, string?]>([
    ['all are updated and available', {statefulSets: [rolling()], pods: allNew}, 'Complete', null],
    [
      'there are to be none, and there are none',
      {statefulSets: [rolling({replicas: 0})], pods: []},
      'Complete',
      null,
      'sts-scaled-to-zero',
    ],
    [
      'a partition holds the rest',
      {statefulSets: [rolling({spec: partitioned(1)})], pods: [a0, b1, b2]},
      'Held',
      'somebody to lower the partition: it holds web-0',
      'sts-partition-hold',
    ],
    [
      'a partition holds all of them',
      {statefulSets: [rolling({spec: partitioned(3)})], pods: [a0, a1, member(2, 'a')]},
      'Held',
      'somebody to lower the partition: it holds 3 old Pods',
      'sts-partition-all-held',
    ],
    [
      'somebody is to delete the old ones',
      {statefulSets: [rolling({spec: onDelete})], pods: [a0, b1, b2]},
      'Waiting',
      'somebody to delete web-0',
      'sts-ondelete-waiting',
    ],
    [
      'minReadySeconds have some time left',
      {statefulSets: [rolling({spec: {minReadySeconds: 60}})], pods: [a0, b1, member(2, 'b', ready(20))]},
      'Waiting',
      'web-2 to stay ready for minReadySeconds (60s)',
      'sts-min-ready-seconds',
    ],
    ['the next one goes', {statefulSets: [rolling()], pods: [a0, a1, b2]}, 'Progressing', null],
    [
      'one that is condemned is still there',
      {statefulSets: [rolling({replicas: 2})], pods: allNew},
      'Progressing',
      null,
    ],
    ['one starts', first(unready(30, 'ContainerCreating')), 'Progressing', null],
  ])('%s', ([, facts, status, reason, id]) => {
    const {blockedBy, findings, ...workload} = rolled(facts)
    expect([workload.state, workload.reason, blockedBy]).toEqual([status, reason, null])
    expect(findings.map((finding) => [finding.id, finding.severity])).toEqual(id ? [[id, 'info']] : [])
  })
})

describe('unknown', () => {
  test('while the controller has not seen the newest generation', () => {
    const {state, reason, next, steps, updateRevision} = rolled({
      statefulSets: [rolling({metadata: {generation: 3}})],
      pods: allNew,
    })
    expect({state, reason, next, steps, updateRevision}).toEqual({
      state: 'Progressing',
      reason: 'the controller has not looked at the newest generation yet',
      next: {
        actions: [],
        choose: null,
        waitsFor: {reason: 'Observation', message: 'the controller to look at the newest generation'},
      },
      steps: [],
      updateRevision: null,
    })
  })

  test('where Pods may not be seen', () => {
    const {state, reason, counts} = rolled({statefulSets: [rolling()], unseen: ['pods']})
    expect({state, reason, counts}).toEqual({
      state: 'Unknown',
      reason: 'Pods could not be read; the counts are those of its own status',
      counts: {desired: 3, updated: null, ready: null, available: null},
    })
  })

  test('but not where only nodes may not be seen', () => {
    expect(judged(first(unready(30), {}, {unseen: ['nodes'], nodes: []}))).toEqual([
      'Progressing',
      null,
      ['readiness-failing'],
    ])
  })
})
