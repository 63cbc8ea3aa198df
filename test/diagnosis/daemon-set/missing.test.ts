import {expect, test} from 'vitest'
import type {Event} from '../../../src/model/objects.ts'
import {CREATED} from '../../builders.ts'
import {daemonEvent, daemonSet, OLD, tainted} from '../../builders-daemon.ts'
import {type Facts, ids, ofNode, on, running, together} from './diagnosed.ts'

const SET = {kind: 'DaemonSet', namespace: 'shop', name: 'agent'}
const NODE = {kind: 'Node', name: 'n1'}
const QUOTA =
  'pods "agent-" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=10, limited: pods=10'

function missing(...events: readonly Event[]): Facts {
  return {...on(tainted('n1')), events}
}

test('a quota keeps the Pod from being created: its own words, and where to look', () => {
  expect(ofNode(missing(daemonEvent('FailedCreate', `Error creating: ${QUOTA}`)))).toEqual([
    {
      id: 'create-quota-exceeded',
      severity: 'error',
      message: 'ResourceQuota compute is used up: node n1 has no Pod of DaemonSet shop/agent',
      object: SET,
      blames: [NODE],
      since: '2026-05-01T11:30:00Z',
      evidence: [`event FailedCreate ×7 on daemonset/agent: ${QUOTA}`],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl describe resourcequota -n shop compute'],
        act: [{text: 'free what the quota counts, or have it raised', commands: []}],
        avoid: '',
        risk: 'the quota may protect others of the cluster: ask its owner before you raise it',
        rung: 0,
      },
    },
  ])
})

test('a refusal that nobody knows is quoted', () => {
  expect(
    ofNode(missing(daemonEvent('FailedCreate', 'Error creating: etcdserver: request\ntimed out'))),
  ).toEqual([
    {
      id: 'ds-create-failed',
      severity: 'error',
      message: 'The API server refuses the Pod: node n1 has no Pod of DaemonSet shop/agent',
      object: SET,
      blames: [NODE],
      since: '2026-05-01T11:30:00Z',
      evidence: ['event FailedCreate ×7 on daemonset/agent: etcdserver: request timed out'],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl describe ds -n shop agent'],
        act: [{text: 'act on the text of the refusal', commands: []}],
        risk: '',
        avoid: '',
        rung: 0,
      },
    },
  ])
})

test('the refusals of several nodes differ in nothing but the node, whatever Pod they were about', () => {
  const invalid = (name: string, lastTimestamp: string) =>
    daemonEvent('FailedCreate', `Error creating: Pod "agent-${name}" is invalid: spec.hostname: bad`, {
      lastTimestamp,
    })
  const events = [invalid('x7k2p', '2026-05-01T11:58:00Z'), invalid('b9c4d', '2026-05-01T11:59:00Z')]
  const facts = {...together(on(tainted('n1')), on(tainted('n2'))), events}
  const [first, second] = ['n1', 'n2'].map((name) => ofNode(facts, name)[0])
  const blames = [{kind: 'Node', name: 'n2'}]
  expect(second).toEqual({...first, blames, message: first?.message.replace('node n1 ', 'node n2 ')})
})

test('the newest refusal counts', () => {
  const events = [
    daemonEvent('FailedCreate', 'Error creating: old', {lastTimestamp: '2026-05-01T11:40:00Z'}),
    daemonEvent('FailedCreate', `(combined from similar events): Error creating: ${QUOTA}`),
  ]
  expect(ids(ofNode(missing(...events)))).toEqual(['create-quota-exceeded'])
})

const joined = tainted('n1', [], {metadata: {creationTimestamp: '2026-05-01T11:59:31Z'}})

test('a node that has just joined gets its Pod in a moment', () => {
  expect(ofNode(on(joined))).toEqual([
    {
      id: 'ds-node-missing-pod',
      severity: 'info',
      message: 'Node n1 has just joined: the Pod of DaemonSet shop/agent is being created',
      object: SET,
      blames: [NODE],
      evidence: ['node/n1 metadata.creationTimestamp=2026-05-01T11:59:31Z'],
      selfHealing: 'yes',
      remedy: null,
    },
  ])
})

test('nothing tells why', () => {
  expect(ofNode(missing())).toEqual([
    {
      id: 'ds-node-missing-pod',
      severity: 'error',
      message: 'Node n1 should run a Pod of DaemonSet shop/agent and has none: no event says why',
      object: SET,
      blames: [NODE],
      evidence: ['node/n1 is eligible, and no Pod of the set is for it'],
      selfHealing: 'maybe',
      remedy: {
        look: ['kubectl describe ds -n shop agent'],
        act: [
          {
            text: 'see whether kube-controller-manager runs, and what its log says about the set',
            commands: [],
          },
        ],
        risk: '',
        avoid: '',
        rung: 0,
      },
    },
  ])
})

test('a controller that is behind is said to be behind', () => {
  expect(
    ofNode({...missing(), set: daemonSet({metadata: {...daemonSet().metadata, generation: 3}})})[0],
  ).toMatchObject({
    severity: 'warning',
    message:
      'Node n1 should run a Pod of DaemonSet shop/agent and has none: the controller is still at generation 2, not 3',
  })
})

const failed = daemonEvent('FailedCreate', `Error creating: ${QUOTA}`)

/** What is not the cause, or no cause for alarm; and what is found instead. */
test.for<[string, Facts, string]>([
  [
    'a refusal, after which a Pod was created',
    missing(
      failed,
      daemonEvent('SuccessfulCreate', 'Created pod: x', {lastTimestamp: '2026-05-01T11:59:10Z'}),
    ),
    'error',
  ],
  [
    'a refusal before the node joined',
    {
      ...on(joined),
      events: [daemonEvent('FailedCreate', `Error creating: ${QUOTA}`, {lastTimestamp: CREATED})],
    },
    'info',
  ],
  ['a refusal to delete', missing(daemonEvent('FailedDelete', 'Error deleting: x')), 'error'],
  [
    'the events of a namesake in another namespace',
    missing({...failed, involvedObject: {kind: 'DaemonSet', namespace: 'other', name: 'agent'}}),
    'error',
  ],
  [
    'a step that the controller took seconds ago',
    missing(daemonEvent('SuccessfulDelete', 'Deleted pod: agent-x', {lastTimestamp: '2026-05-01T11:59:55Z'})),
    'info',
  ],
  [
    'a set that was created seconds ago',
    {
      ...missing(),
      set: daemonSet({metadata: {...daemonSet().metadata, creationTimestamp: '2026-05-01T11:59:55Z'}}),
    },
    'info',
  ],
  ['a rolling update', together(missing(), running(OLD, 'n2')), 'warning'],
  ['events that could not be read', {...missing(), unseen: ['events']}, 'error'],
])('%s', ([, facts, severity]) => {
  expect(ofNode(facts).map(({id, severity}) => [id, severity])).toEqual([['ds-node-missing-pod', severity]])
})

test('without the right to read events nobody pretends that there are none', () => {
  expect(ofNode({...missing(), unseen: ['events']})[0]?.message).toContain('its events could not be read')
})

test.for<[string, Facts]>([
  ['Pods could not be read', {...missing(failed), unseen: ['pods']}],
  ['nodes could not be read', {unseen: ['nodes'], events: [failed]}],
  ['the node must not run one', {...on(tainted('n1', ['a:NoSchedule'])), events: [failed]}],
  [
    'the set is being deleted',
    {...missing(failed), set: daemonSet({metadata: {...daemonSet().metadata, deletionTimestamp: CREATED}})},
  ],
  ['the controller refuses to act for the set', {...missing(failed), set: daemonSet({spec: {selector: {}}})}],
])('nothing is missing where %s', ([, facts]) => {
  expect(ofNode(facts)).toEqual([])
})
