import {expect, test} from 'vitest'
import {
  daemonPod,
  daemonSet,
  lostNode,
  NEW,
  OLD,
  ON_DELETE,
  rollingUpdate,
  tainted,
} from '../../builders-daemon.ts'
import {deletedAt, type Facts, ids, ofNode, ofSet, on, running, together} from './diagnosed.ts'

const old = (name: string, ...taints: readonly string[]) =>
  on(tainted(name, taints), daemonPod(name, {hash: OLD}))

test('what an update removes for good is reported before it happens', () => {
  const facts = together(
    old('n1', 'dedicated=db:NoSchedule'),
    old('n2', 'dedicated=db:NoSchedule'),
    old('n3'),
  )
  expect(ofSet(facts)).toEqual([
    {
      id: 'ds-update-removes-pods',
      severity: 'warning',
      message:
        'Untolerated taint dedicated=db:NoSchedule on nodes n1, n2: the update of DaemonSet shop/agent will delete 2 old Pods and create none in their place',
      object: {kind: 'DaemonSet', namespace: 'shop', name: 'agent'},
      blames: ['n1', 'n2'].flatMap((name) => [
        {kind: 'Pod', namespace: 'shop', name: `agent-${name}`},
        {kind: 'Node', name},
      ]),
      evidence: ['pod/agent-n1 of an old revision on node/n1', 'pod/agent-n2 of an old revision on node/n2'],
      selfHealing: 'no',
      remedy: {
        look: ['kubectl describe node n1'],
        act: [
          {
            text: 'if the set is wanted on those nodes, tolerate the taint in the template before the update gets there; if not, there is nothing to do',
            commands: [],
          },
        ],
        avoid: '',
        risk: 'each edit of the template begins another update, of all nodes',
        rung: 1,
      },
    },
  ])
  expect(ofNode(facts)).toEqual([])
})

const TOLERATING = daemonSet({template: {tolerations: [{key: 'dedicated', operator: 'Exists'}]}})
const dedicated = old('n1', 'dedicated=db:NoSchedule')

test.for<[string, Facts]>([
  ['the new template tolerates the taint', {...dedicated, set: TOLERATING}],
  [
    'the Pod is of the new revision',
    on(tainted('n1', ['dedicated=db:NoSchedule']), daemonPod('n1', {hash: NEW})),
  ],
  ['a person deletes', {...dedicated, set: daemonSet({strategy: ON_DELETE})}],
  [
    'the Pod is going already',
    on(
      tainted('n1', ['dedicated=db:NoSchedule']),
      deletedAt(daemonPod('n1', {hash: OLD}), '2026-05-01T12:00:10Z'),
    ),
  ],
  ['the taint drives it out at once', old('n1', 'dedicated=db:NoExecute')],
  ['the node goes with it', old('n1', 'ToBeDeletedByClusterAutoscaler:NoSchedule')],
  ['the node comes back, and the Pod with it', on(lostNode('n1'), daemonPod('n1', {hash: OLD}))],
  [
    'the node is not wanted for its labels: it goes at once',
    {...old('n1'), set: daemonSet({template: {nodeSelector: {a: 'b'}}})},
  ],
  ['no node is tainted', running(OLD, 'n1', 'n2')],
])('near miss: %s', ([, facts]) => {
  expect(ids(ofSet(facts))).not.toContain('ds-update-removes-pods')
})

test('an upgrade of the nodes lasts: what an update takes away meanwhile is told', () => {
  const facts = old('n1', 'cloud.google.com/not-target-gke-version=true:NoSchedule')
  expect([ids(ofSet(facts)), ids(ofNode(facts))]).toEqual([['ds-update-removes-pods'], []])
})

test('with maxSurge it is told in other words', () => {
  const set = daemonSet({strategy: rollingUpdate({maxSurge: 1})})
  const facts = {...together(dedicated, on(tainted('n2'))), set}
  expect(ids(ofSet(facts))).toEqual(['ds-surge-excluded-node'])
})
