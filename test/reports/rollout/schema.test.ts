import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {Ajv} from 'ajv'
import {describe, expect, test} from 'vitest'
import {daemonPod, daemonSet, ON_DELETE, tainted} from '../../builders-daemon.ts'
import {
  first,
  member,
  type Rolled,
  ready,
  refused,
  reported,
  rolling,
  terminating,
  unready,
} from './rollouts.ts'
import {agents, new1, new2, new3, old, SURGE} from './rollouts-daemon.ts'

const file = join(import.meta.dirname, '../../../schemas/rollout-report.schema.json')
const schema = JSON.parse(readFileSync(file, 'utf8'))
const isValid = new Ajv({strict: true, allowUnionTypes: true}).compile(schema)

function errorsOf(report: object) {
  return isValid(JSON.parse(JSON.stringify(report))) ? [] : isValid.errors
}

const three = [member(0, 'a'), member(1, 'a'), member(2, 'b')]
const large = ['n1', 'n2', 'n3', 'n4', 'n5'].map((name) => tainted(name))

/** Between them they have every part that a report may have. */
const reports: Readonly<Record<string, Rolled>> = {
  'nothing at all': {},
  'the next one goes': {statefulSets: [rolling()], pods: three},
  'one is to be created': first(),
  'a name is refused': first(undefined, {}, {events: [refused(90)]}),
  'some time is left': {
    statefulSets: [rolling({spec: {minReadySeconds: 60}})],
    pods: [member(0, 'a'), member(1, 'a'), member(2, 'b', ready(20))],
  },
  'the trap': first(
    unready(20, 'ImagePullBackOff'),
    {},
    {statefulSets: [rolling({status: {updateRevision: 'web-a'}})]},
  ),
  'the newest generation is not seen': {statefulSets: [rolling({metadata: {generation: 9}})], pods: three},
  'Pods may not be seen': {statefulSets: [rolling()], unseen: ['pods']},
  'a Pod stops': first(ready(), terminating(-10)),
  'a DaemonSet is done': agents([new1, new2, new3]),
  'some of many nodes': agents([new1, ...['n2', 'n3', 'n4', 'n5'].map((name) => old(name))], {nodes: large}),
  'a Pod is to be created on a node': agents([new1, new2]),
  'nodes may not be seen': agents([new1], {unseen: ['nodes'], nodes: []}),
  'somebody is waited for': agents([old('n1')], {daemonSets: [daemonSet({strategy: ON_DELETE})]}),
  'two at a time': agents([old('n1'), daemonPod('n1', {name: 'x', status: unready(20)}), old('n2')], {
    daemonSets: [daemonSet({strategy: SURGE})],
  }),
  'some are created and some deleted': agents(
    [...['n1', 'n2', 'n6', 'n7'].map((name) => old(name)), daemonPod('n3', {status: unready(20)})],
    {
      daemonSets: [daemonSet({strategy: SURGE})],
      nodes: [
        ...large.slice(0, 3),
        ...['n6', 'n7'].map((name) => tainted(name, ['dedicated=db:NoSchedule'])),
      ],
    },
  ),
}

test.for(Object.entries(reports))('%s: the report is what the schema says', ([, facts]) => {
  expect(errorsOf(reported(facts))).toEqual([])
})

test('one of these reports has two picks in one sync', () => {
  const {workloads} = reported(reports['some are created and some deleted'] ?? {})
  expect(workloads.map(({next}) => [next.choose?.action, next.chooseAlso?.action])).toEqual([
    ['Create', 'Delete'],
  ])
})

describe('the schema refuses', () => {
  const report = reported(agents([new1, new2, new3]))
  const [workload] = report.workloads

  test.for<[string, object]>([
    ['a field that it does not know', {...report, more: 1}],
    ['a status that it does not know', {...report, workloads: [{...workload, status: 'Stuck'}]}],
    ['a missing field', {...report, workloads: [{...workload, budget: undefined}]}],
    [
      'a state that it does not know',
      {...report, workloads: [{...workload, steps: [{...workload?.steps[0], state: 'x'}]}]},
    ],
    [
      'a reason that it does not know',
      {
        ...report,
        workloads: [{...workload, next: {...workload?.next, waitsFor: {reason: 'x', message: ''}}}],
      },
    ],
  ])('%s', ([, changed]) => {
    expect(errorsOf(changed)).not.toEqual([])
  })
})
