import {expect, test} from 'vitest'
import type {CustomObject} from '../../src/model/custom/object.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {textLines} from '../../src/render/text.ts'
import {rolloutView} from '../../src/render/views/rollout.ts'
import {customRolloutQuestion} from '../../src/reports/custom/rollout.ts'
import {pod, snapshot} from '../builders.ts'

interface Of {
  readonly group: string
  readonly kind: string
  readonly spec?: unknown
  readonly status?: unknown
}

/** Two Pods, of revisions `a` and `b`, of whatever controls them. */
function cluster({group, kind, spec = {}, status = {}}: Of, generation = 1): ClusterSnapshot {
  const owner = {apiVersion: `${group}/v1`, kind, name: 'db', uid: 'uid-db', controller: true}
  const pods = ['a', 'b'].map((revision, index) => {
    const made = pod({name: `db-${index}`})
    const labels = {'controller-revision-hash': revision}
    return {...made, metadata: {...made.metadata, labels, ownerReferences: [owner]}}
  })
  const of = {group, version: 'v1', plural: 'things', kind, namespaced: true}
  const metadata = {name: 'db', namespace: 'shop', uid: 'uid-db', generation}
  const custom: readonly CustomObject[] = [{kind, metadata, of, spec, status}]
  return {...snapshot({pods}), custom}
}

const rolled = (of: Of, generation?: number) =>
  customRolloutQuestion.build(cluster(of, generation), {names: []}).workloads[0]

const KRUISE = {group: 'apps.kruise.io', kind: 'StatefulSet'}
const rolling = (rollingUpdate: object, type = 'RollingUpdate') => ({
  replicas: 2,
  updateStrategy: {type, rollingUpdate},
})
const NEWEST_B = {updateRevision: 'b', observedGeneration: 1}
const CNPG = {group: 'postgresql.cnpg.io', kind: 'Cluster', spec: {instances: 2}}

test.for<[string, Of, string, string | null]>([
  ['half of it is updated', {...KRUISE, spec: rolling({}), status: NEWEST_B}, 'Progressing', null],
  [
    'a partition keeps the rest',
    {...KRUISE, spec: rolling({partition: 1}), status: NEWEST_B},
    'Held',
    'partition 1 keeps 1 of the old revision',
  ],
  [
    'it is paused',
    {...KRUISE, spec: rolling({paused: true}), status: NEWEST_B},
    'Waiting',
    'it is paused (spec.updateStrategy.rollingUpdate.paused)',
  ],
  [
    'a person is to delete the rest',
    {...KRUISE, spec: rolling({}, 'OnDelete'), status: NEWEST_B},
    'Waiting',
    'OnDelete: old Pods stay until somebody deletes them',
  ],
  [
    'more is wanted',
    {...KRUISE, spec: {replicas: 3}, status: {}},
    'Progressing',
    'nothing tells which Pods are up to date',
  ],
  ['well', {...CNPG, status: {phase: 'Cluster in healthy state'}}, 'Complete', null],
  [
    'it waits for a person',
    {...CNPG, status: {phase: 'Waiting for user action'}},
    'Waiting',
    'its operator says: Waiting for user action',
  ],
  [
    'at work',
    {...CNPG, status: {phase: 'Upgrading \u001b[2Jcluster'}},
    'Progressing',
    'its operator says: Upgrading ^[[2Jcluster',
  ],
  [
    'well, it says, and an instance lacks',
    {...CNPG, spec: {instances: 3}, status: {phase: 'Cluster in healthy state'}},
    'Progressing',
    'its operator says: Cluster in healthy state',
  ],
  [
    'nobody knows it',
    {group: 'example.com', kind: 'Thing'},
    'Unknown',
    'all Pods are ready; nothing tells which Pods are up to date',
  ],
])('%s', ([, of, state, reason]) => {
  expect(rolled(of)).toMatchObject({state, reason, next: {actions: [], choose: null, waitsFor: null}})
})

test('a generation that its controller has not looked at', () => {
  expect(rolled({...KRUISE, spec: rolling({}), status: NEWEST_B}, 2)).toMatchObject({
    state: 'Unknown',
    reason: 'its controller has not looked at the newest generation yet',
  })
})

test('what comes next is not foretold, and it is said who decides', () => {
  const report = customRolloutQuestion.build(cluster({...KRUISE, spec: rolling({}), status: NEWEST_B}), {
    names: [],
  })
  const options = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}
  expect([...textLines(rolloutView(report, options), options)].join('\n')).toMatchInlineSnapshot(`
    "StatefulSet shop/db   RollingUpdate · OrderedReady · partition 0 · ReCreate
    a → b                 ██████░░░░░░  1/2 updated, 1 waiting   Progressing, last step 119m ago

    Next      not foretold: OpenKruise updates from the highest ordinal down, as far as maxUnavailable and partition let it

    ORDINAL   POD    REVISION   STATE     READY   STATUS    SINCE
    0         db-0   a          waiting   1/1     Running   119m
    1         db-1   b          updated   1/1     Running   119m"
  `)
})
