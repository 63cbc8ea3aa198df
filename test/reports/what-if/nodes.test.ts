import {describe, expect, test} from 'vitest'
import type {PersistentVolume, Pod, Toleration} from '../../../src/model/objects.ts'
import type {Observed} from '../../../src/model/snapshot.ts'
import {attachment, claim, containerStatus, pod, volume} from '../../builders.ts'
import {daemonPod, daemonSet, rollingUpdate} from '../../builders-daemon.ts'
import {named, nodes, web, whatIf, whatIfUnseen} from './asking.ts'

const NODE = named('nodes', 'node-a')
const daemons: Partial<Observed> = {
  nodes,
  daemonSets: [daemonSet()],
  pods: nodes.map((node) => daemonPod(node.metadata?.name ?? '')),
}

describe('lose', () => {
  const lose = (facts: Partial<Observed>, zone?: string) =>
    zone === undefined
      ? whatIf(facts, {action: 'lose', neverReady: []}, NODE)
      : whatIf(facts, {action: 'lose', zone, neverReady: []})

  test('says what stays Terminating, what comes back elsewhere, and which volumes are out of reach', () => {
    const report = lose(web(3, {pinned: true}))
    expect(report.pods).toMatchObject([{name: 'web-0', fate: 'Terminating', returns: 'No'}])
    expect(report.volumesOutOfReach).toEqual(['pv-data-web-0'])
    expect(report.workloads[0]?.ready).toEqual({before: 3, lowest: 2, end: 2, endAtMost: 2})
    expect(report.steps).toHaveLength(2)
  })

  test('says which set has no majority left', () => {
    const report = lose(web(2), 'zone-a')
    expect(report.question.objects).toEqual([{kind: 'Node', name: 'node-a'}])
    expect(report.end.message).toMatch(/^shop\/web \(1 of 2\) has no majority left; /)
  })

  /** web-0 on node-a has these tolerations. */
  const tolerating = (
    tolerations: readonly Toleration[],
    metadata: Pod['metadata'] = {},
  ): Partial<Observed> => {
    const {pods = [], ...others} = web(3)
    return {
      ...others,
      pods: pods.map((pod, index) =>
        index === 0
          ? {
              ...pod,
              metadata: {...pod.metadata, ...metadata},
              spec: {containers: [], ...pod.spec, tolerations},
            }
          : pod,
      ),
    }
  }

  test('whoever tolerates a silent node for ever is down with it', () => {
    const report = lose(tolerating([{operator: 'Exists'}]))
    expect(report).toMatchObject({
      pods: [{name: 'web-0', fate: 'Staying', returns: 'No'}],
      workloads: [{name: 'web', ready: {before: 3, lowest: 2, end: 2}}],
      end: {state: 'Short', message: expect.stringMatching(/^shop\/web-0 comes back only with node-a: it /)},
    })
    expect(report.steps).toMatchObject([
      {waitsFor: 'the node to be silent for 50 seconds', unavailable: ['web-0']},
    ])
  })

  test('it is so whatever its controller, and one that has finished is not missed', () => {
    const owner = [{apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'uid-r', controller: true}]
    const {pods = [], ...others} = tolerating([{operator: 'Exists'}], {ownerReferences: owner})
    expect(lose({...others, pods}).end.state).toBe('Short')
    const finished = pods.map((pod) => ({...pod, status: {...pod.status, phase: 'Succeeded'}}))
    expect(lose({...others, pods: finished}).end.state).toBe('Done')
  })

  test('whoever tolerates only that is back once the machine is said to be off', () => {
    const report = lose(tolerating([{key: 'node.kubernetes.io/unreachable', operator: 'Exists'}]))
    expect(report).toMatchObject({
      pods: [{name: 'web-0', fate: 'Staying', returns: 'Yes', nodes: ['node-b', 'node-c']}],
      workloads: [{ready: {before: 3, lowest: 2, end: 3}}],
      end: {state: 'Stopped'},
    })
    expect(report.steps).toHaveLength(2)
  })

  /** web-0 is of a Deployment, and has a volume of its claim. */
  const owner = {apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'uid-r', controller: true}
  const mounting = (facts: Partial<Observed>, spec: PersistentVolume['spec'] = {}): Partial<Observed> => ({
    nodes,
    pods: [pod({metadata: {name: 'web-0', namespace: 'shop', uid: 'uid-web-0', ownerReferences: [owner]}})],
    persistentVolumeClaims: [claim()],
    persistentVolumes: [volume({spec})],
    ...facts,
  })

  test('a volume that stays attached keeps whoever comes in the place of its Pod waiting', () => {
    const report = lose(mounting({volumeAttachments: [attachment()]}))
    expect(report).toMatchObject({
      pods: [{fate: 'Terminating', returns: 'Yes', nodes: ['node-b', 'node-c']}],
      end: {
        state: 'Stopped',
        message:
          'shop/web-0 keeps its volume attached, and whoever comes in its place waits until somebody says that the machine is off',
      },
    })
    expect(report.steps[1]).toMatchObject({actions: [{action: 'Delete', name: 'web-0'}]})
  })

  test.each<[string, Partial<Observed>]>([
    ['it is attached nowhere', mounting({})],
    [
      'no container runs',
      {
        ...mounting({volumeAttachments: [attachment()]}),
        pods: (mounting({}).pods ?? []).map((each) => ({
          ...each,
          status: {...each.status, containerStatuses: [containerStatus({state: {waiting: {}}})]},
        })),
      },
    ],
    [
      'many nodes may have it',
      mounting({volumeAttachments: [attachment()]}, {accessModes: ['ReadWriteMany']}),
    ],
    [
      'it is attached to another node',
      mounting({volumeAttachments: [attachment({spec: {nodeName: 'node-b'}})]}),
    ],
  ])('a volume keeps nobody waiting where %s', (_, facts) => {
    expect(lose(facts).end).toMatchObject({state: 'Done'})
  })

  test('where attachments were not read it is unknown', () => {
    const change = {action: 'lose', neverReady: []} as const
    expect(whatIfUnseen(['volumeAttachments'], mounting({}), change, NODE)).toMatchObject({
      pods: [{returns: null, message: expect.stringMatching(/^volumeattachments could not be read: /)}],
      end: {state: 'Unknown'},
    })
  })

  test('where the machine is said to be off already nobody is waited for', () => {
    const taints = [{key: 'node.kubernetes.io/out-of-service', effect: 'NoExecute'}]
    const off = nodes.map((node, index) => (index === 0 ? {...node, spec: {...node.spec, taints}} : node))
    expect(lose({...web(3), nodes: off})).toMatchObject({
      end: {
        state: 'Done',
        message: 'shop/web-0 comes back elsewhere by itself, as node-a is said to be off',
      },
      steps: [{}, {waitsFor: expect.stringMatching(/^nobody: /)}],
      command: null,
    })
    expect(lose(web(3)).end.message).toMatch(/ until somebody says that the machine is off$/)
  })

  test('says what a DaemonSet would count', () => {
    const [change] = lose(daemons).daemonSets
    expect(change).toMatchObject({
      name: 'agent',
      desired: {before: 3, after: 2},
      misscheduled: {before: 0, after: 1},
    })
  })
})

describe('taint, label, cordon', () => {
  const taint = (facts: Partial<Observed>, effect: string) =>
    whatIf(
      facts,
      {action: 'taint', edits: [{taint: {key: 'mine', effect}, isRemoved: false}], neverReady: []},
      NODE,
    )

  test('NoExecute evicts whoever does not tolerate it, daemons too', () => {
    const all = {...web(3), ...daemons, pods: [...(web(3).pods ?? []), ...(daemons.pods ?? [])]}
    const report = taint(all, 'NoExecute')
    expect(report.pods.map(({name, fate, returns}) => [name, fate, returns])).toEqual([
      ['web-0', 'Deleted', 'Yes'],
      ['agent-node-a', 'Removed', null],
    ])
    expect(report.daemonSets).toMatchObject([{leaves: ['node-a'], misscheduled: {after: 0}}])
  })

  /** node-a does not answer, and web-0 there has been asked to go, or not. */
  const silent = (isAsked: boolean, spec = {}): Partial<Observed> => {
    const {pods = [], ...others} = web(3)
    return {
      ...others,
      nodes: nodes.map((node, index) =>
        index === 0
          ? {
              ...node,
              spec: {taints: [{key: 'node.kubernetes.io/unreachable', effect: 'NoExecute'}]},
              status: {...node.status, conditions: [{type: 'Ready', status: 'Unknown'}]},
            }
          : node,
      ),
      pods: pods.map((pod, index) =>
        index === 0
          ? {
              ...pod,
              metadata: {...pod.metadata, ...(isAsked && {deletionTimestamp: '2026-05-01T11:00:00Z'})},
              spec: {containers: [], ...pod.spec, ...spec},
            }
          : pod,
      ),
    }
  }
  const OFF = {key: 'node.kubernetes.io/out-of-service', value: 'nodeshutdown', effect: 'NoExecute'}
  const declareOff = (facts: Partial<Observed>) =>
    whatIf(facts, {action: 'taint', edits: [{taint: OFF, isRemoved: false}], neverReady: []}, NODE)

  test.each([true, false])('a machine said to be off lets its Pods go (asked to: %s)', (isAsked) => {
    expect(declareOff(silent(isAsked))).toMatchObject({
      pods: [{name: 'web-0', fate: 'Deleted', returns: 'Yes', nodes: ['node-b', 'node-c']}],
      end: {state: 'Done'},
    })
  })

  test('who tolerates that the machine is off stays, unless it has been asked to go', () => {
    const tolerations = [{operator: 'Exists'}]
    expect(declareOff(silent(false, {tolerations})).pods).toEqual([])
    expect(declareOff(silent(true, {tolerations})).pods).toMatchObject([{fate: 'Deleted'}])
  })

  test('a finalizer keeps a Pod even where the machine is said to be off', () => {
    const {pods = [], ...others} = silent(true)
    const kept = pods.map((pod) => ({...pod, metadata: {...pod.metadata, finalizers: ['mine/keep']}}))
    expect(declareOff({...others, pods: kept})).toMatchObject({
      pods: [{fate: 'Terminating', message: 'nobody ends it: finalizer mine/keep keeps it'}],
      end: {state: 'Stopped'},
    })
  })

  test('any other taint ends nobody on a silent node', () => {
    expect(taint(silent(false), 'NoExecute')).toMatchObject({
      pods: [{name: 'web-0', fate: 'Terminating'}],
      end: {state: 'Stopped'},
    })
  })

  test('whoever tolerates a taint for a while goes later', () => {
    const {pods = [], ...others} = web(1)
    const patient = pods.map((each) => ({
      ...each,
      spec: {
        containers: [],
        ...each.spec,
        tolerations: [{key: 'mine', operator: 'Exists', tolerationSeconds: 3600}],
      },
    }))
    const report = taint({...others, pods: patient}, 'NoExecute')
    expect(report.end.message).toBe(
      '1 Pod is evicted, after up to 3600 seconds (tolerationSeconds), whatever budgets say',
    )
    expect(report.steps).toMatchObject([{waitsFor: expect.stringMatching(/^up to 3600 seconds/)}])
    const second = {...pods[0], metadata: {...pods[0]?.metadata, name: 'web-1', uid: 'uid-web-1'}}
    expect(taint({...others, pods: [...patient, second]}, 'NoExecute').end.message).toBe(
      '2 Pods are evicted, 1 of them at once, the last after up to 3600 seconds (tolerationSeconds), whatever budgets say',
    )
    expect(taint(web(1), 'NoExecute').end.message).toBe('1 Pod is evicted at once, whatever budgets say')
  })

  test('a taint or label that is taken away is not told as one that is put there', () => {
    const away = [{taint: {key: 'mine', effect: ''}, isRemoved: true}]
    expect(whatIf(web(1), {action: 'taint', edits: away, neverReady: []}, NODE).end.message).toMatch(
      /^node-a loses the taint, and nothing else happens/,
    )
    const edits = [{key: 'disk', value: null}]
    expect(whatIf(web(1), {action: 'label', edits, neverReady: []}, NODE).end.message).toMatch(
      /^node-a loses the label, /,
    )
  })

  test('NoSchedule evicts nobody', () => {
    expect(taint(web(3), 'NoSchedule')).toMatchObject({pods: [], end: {state: 'Done'}})
  })

  test('a label brings a DaemonSet that wants it', () => {
    const spec = daemonSet().spec
    const wanting = daemonSet({
      spec: {template: {...spec?.template, spec: {containers: [], nodeSelector: {disk: 'ssd'}}}},
    })
    const edits = [{key: 'disk', value: 'ssd'}]
    const report = whatIf({nodes, daemonSets: [wanting]}, {action: 'label', edits, neverReady: []}, NODE)
    expect(report.daemonSets).toMatchObject([{joins: ['node-a'], desired: {before: 0, after: 1}}])
  })

  test('a label that a volume hangs on takes the volume out of reach', () => {
    const edits = [{key: 'kubernetes.io/hostname', value: 'other'}]
    const report = whatIf(web(1, {pinned: true}), {action: 'label', edits, neverReady: []}, NODE)
    expect(report.volumesOutOfReach).toEqual(['pv-data-web-0'])
    expect(report.end.state).toBe('Short')
  })

  test('a cordon alone does nothing to whoever is there', () => {
    const report = whatIf(web(3), {action: 'cordon', neverReady: []}, NODE)
    expect(report).toMatchObject({pods: [], end: {state: 'Done'}, command: {text: 'kubectl cordon node-a'}})
  })
})

describe('delete of a daemon Pod', () => {
  const change = {action: 'delete', isOrphaning: false, neverReady: []} as const
  const del = (facts: Partial<Observed>) => whatIf(facts, change, named('pods', 'agent-node-a'))
  const tainted = (effect: string): Partial<Observed> => ({
    ...daemons,
    nodes: nodes.map((each, index) =>
      index === 0 ? {...each, spec: {taints: [{key: 'gpu', effect}]}} : each,
    ),
  })

  test('is followed by another one where its set wants one', () => {
    for (const facts of [daemons, tainted('PreferNoSchedule')])
      expect(del(facts)).toMatchObject({
        pods: [{returns: 'Yes', nodes: ['node-a'], message: null}],
        end: {state: 'Done', message: 'agent-node-a comes back on node-a'},
      })
  })

  test('is for good where its set wants none', () => {
    expect(del(tainted('NoSchedule'))).toMatchObject({
      pods: [{returns: 'Never', nodes: null}],
      losses: [],
      end: {
        state: 'Short',
        message:
          'agent-node-a does not come back: its DaemonSet wants none on node-a (untolerated taint gpu:NoSchedule)',
      },
    })
  })

  test('is for good where its set is gone, and unknown where sets were not read', () => {
    const {daemonSets: _, ...others} = daemons
    expect(del(others).end).toMatchObject({state: 'Short', message: expect.stringMatching(/is gone$/)})
    const unread = whatIfUnseen(['daemonSets'], others, change, named('pods', 'agent-node-a'))
    expect(unread.end).toMatchObject({
      state: 'Unknown',
      message: 'whether agent-node-a comes back is <unknown>: daemonsets could not be read',
    })
  })
})

describe('update of a DaemonSet', () => {
  const change = {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: []} as const

  test('is one round again and again, in an order that is chance', () => {
    const report = whatIf(daemons, change, named('daemonSets', 'agent'))
    expect(report.steps).toMatchObject([{choices: [{action: 'Delete', count: 1}]}])
    expect(report.workloads).toMatchObject([{ready: {before: 3, lowest: 2, end: 3}}])
    expect(report.end).toMatchObject({state: 'Done', message: '3 Pods are replaced'})
  })

  test('stops where a node that is dead uses up the budget', () => {
    const dead = nodes.map((node, index) =>
      index === 0
        ? {...node, status: {...node.status, conditions: [{type: 'Ready', status: 'Unknown'}]}}
        : node,
    )
    const unready = (daemons.pods ?? []).map((each, index) =>
      index === 0
        ? {...each, status: {...each.status, conditions: [{type: 'Ready', status: 'False'}]}}
        : each,
    )
    const report = whatIf({...daemons, nodes: dead, pods: unready}, change, named('daemonSets', 'agent'))
    expect(report.end.state).toBe('Stopped')
  })
})

describe('surge of a DaemonSet', () => {
  const change = {action: 'update', partition: undefined, maxUnavailable: undefined, neverReady: []} as const
  const AGENT = named('daemonSets', 'agent')
  const surging = (container: Partial<NonNullable<Pod['spec']>['containers'][number]>): Partial<Observed> => {
    const containers = [{name: 'main', ...container}]
    return {
      nodes,
      daemonSets: [
        daemonSet({strategy: rollingUpdate({maxUnavailable: 0, maxSurge: 1}), template: {containers}}),
      ],
      pods: (daemons.pods ?? []).map((each) => ({...each, spec: {...each.spec, containers}})),
    }
  }
  const requests = (cpu: string) => ({resources: {requests: {cpu}}})

  test.each([
    ['room', requests('3'), 'not enough cpu left'],
    ['ports', {ports: [{containerPort: 80, hostPort: 80}]}, 'somebody there has the host port that it wants'],
  ])('stops where a node has no %s for old and new', (_, container, why) => {
    const {end} = whatIf(surging(container), change, AGENT)
    expect(end.state).toBe('Stopped')
    expect(end.message).toMatch(/^0 Pods are replaced; then it waits for /)
    expect(end.message).toContain(
      ` (old and new do not fit on node-a, node-b and node-c side by side: ${why})`,
    )
  })

  test('is done where both fit', () => {
    const {end} = whatIf(surging(requests('2')), change, AGENT)
    expect(end).toMatchObject({state: 'Done', message: '3 Pods are replaced'})
  })

  test('is unknown where the Pods of others were not read', () => {
    const facts = surging(requests('2'))
    expect(whatIfUnseen(['pods'], facts, change, AGENT).end.state).toBe('Unknown')
  })
})

test('one more node gets the daemons that want such a node, and their requests are summed up', () => {
  const spec = daemonSet().spec
  const asking = daemonSet({
    spec: {
      template: {
        ...spec?.template,
        spec: {containers: [{name: 'main', resources: {requests: {cpu: '5', memory: '1Gi'}}}]},
      },
    },
  })
  const report = whatIf({nodes, daemonSets: [asking]}, {action: 'join', neverReady: []}, NODE)
  expect(report.end).toMatchObject({
    state: 'Short',
    message: 'it gets 1 daemon Pod; together they request 5 cpu of 4 and 1Gi memory: more than it has',
  })
})
