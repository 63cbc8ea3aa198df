import {expect, test} from 'vitest'
import {snapshot} from '../../builders.ts'
import {daemonPod, daemonSet, EVERYTHING, tainted} from '../../builders-daemon.ts'
import {askedOf} from '../../every-question.ts'
import {type Facts, ofSet} from './diagnosed.ts'

const STAGE = 'shop.example/stage'
const labelled = (name: string, labels: Record<string, string>) => tainted(name, [], {metadata: {labels}})
const selecting = (...[key, value]: [string, string]) => daemonSet({template: {nodeSelector: {[key]: value}}})

function nowhere(facts: Facts) {
  return ofSet(facts).find(({id}) => id === 'ds-wanted-nowhere')
}

function severityOn(set: Facts['set'], ...nodes: NonNullable<Facts['nodes']>) {
  return nowhere({...(set && {set}), nodes})?.severity
}

test('a set that no node is wanted for says what they have instead', () => {
  const nodes = [labelled('n1', {[STAGE]: 'old'}), labelled('n2', {[STAGE]: 'old'})]
  expect(nowhere({set: selecting(STAGE, 'new'), nodes})).toMatchObject({
    severity: 'warning',
    message: `DaemonSet shop/agent is wanted on 0 of 2 nodes: node label ${STAGE}=old, selector wants ${STAGE}=new (n1, n2)`,
    object: {kind: 'DaemonSet', namespace: 'shop', name: 'agent'},
    remedy: {look: [`kubectl get nodes -L ${STAGE}`, 'kubectl get ds -n shop agent -o yaml']},
  })
})

test.for<[string, ReturnType<typeof daemonSet>, ReturnType<typeof tainted>, string]>([
  ['another value of a label of ours', selecting(STAGE, 'new'), labelled('n1', {[STAGE]: 'old'}), 'warning'],
  [
    'a switch that is off',
    selecting('shop.example/agent', 'true'),
    labelled('n1', {'shop.example/agent': 'false'}),
    'info',
  ],
  ['no such label', selecting('gpu', 'yes'), tainted('n1'), 'info'],
  [
    'another system',
    selecting('kubernetes.io/os', 'windows'),
    labelled('n1', {'kubernetes.io/os': 'linux'}),
    'info',
  ],
  [
    'the same system, misspelt',
    selecting('kubernetes.io/os', 'Linux'),
    labelled('n1', {'kubernetes.io/os': 'linux'}),
    'warning',
  ],
  [
    'a role that is called otherwise by now',
    selecting('node-role.kubernetes.io/master', ''),
    labelled('n1', {'node-role.kubernetes.io/control-plane': ''}),
    'warning',
  ],
  ['a taint', daemonSet(), tainted('n1', ['gpu=yes:NoSchedule']), 'warning'],
  [
    'the taint of a node in trouble',
    daemonSet(),
    tainted('n1', ['node.kubernetes.io/not-ready:NoSchedule']),
    'info',
  ],
  [
    'the taint that its own network takes away',
    daemonSet({name: 'acme-cni'}),
    tainted('n1', ['node.kubernetes.io/not-ready:NoSchedule']),
    'warning',
  ],
  ['a node that is not there', daemonSet({template: {nodeName: 'n9'}}), tainted('n1'), 'warning'],
])('nowhere for %s', ([, set, node, severity]) => {
  expect(severityOn(set, node)).toBe(severity)
})

test.for<[string, Facts]>([
  ['it is wanted on one', {set: selecting('a', 'b'), nodes: [tainted('n1'), labelled('n2', {a: 'b'})]}],
  ['there are no nodes', {set: selecting('a', 'b'), nodes: []}],
  ['nodes were not seen', {set: selecting('a', 'b'), nodes: [tainted('n1')], unseen: ['nodes']}],
  ['a Pod of it is still there', {nodes: [tainted('n1', ['a:NoSchedule'])], pods: [daemonPod('n1')]}],
  [
    'the controller says otherwise: not all nodes were saved',
    {
      set: {
        ...selecting('a', 'b'),
        status: {observedGeneration: 2, desiredNumberScheduled: 3},
      } as Facts['set'],
      nodes: [tainted('n1')],
    } as Facts,
  ],
  [
    'it tolerates the taint',
    {set: daemonSet({template: {tolerations: [...EVERYTHING]}}), nodes: [tainted('n1', ['a:NoSchedule'])]},
  ],
])('it says nothing where %s', ([, facts]) => {
  expect(nowhere(facts)).toBeUndefined()
})

test('every command says that a set fits no node, be it only a note', () => {
  const cluster = snapshot({nodes: [tainted('n1')], daemonSets: [selecting('gpu', 'yes')]})
  const asked = askedOf(cluster).filter(({text}) => text.includes('daemonSets/') || text.endsWith(' -A'))
  const saying = asked.filter(({question, scope}) =>
    question
      .findings(question.build(cluster, scope))
      .some(({id, severity}) => id === 'ds-wanted-nowhere' && severity === 'info'),
  )
  expect(saying.map(({text}) => text)).toEqual([
    'coverage -A',
    'coverage daemonSets/agent',
    'rollout -A',
    'rollout daemonSets/agent',
    'status -A',
    'status daemonSets/agent',
    'why daemonSets/agent',
  ])
})
