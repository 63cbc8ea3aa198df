import {isNodeReady} from '../../model/node.ts'
import {type Node, nameOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Finding} from '../finding.ts'
import {type SchedulingReason, schedulingReason} from '../scheduling/reasons.ts'
import {untaintRemedy} from '../scheduling/untaint.ts'
import {outOfServiceTaint} from './leaving-facts.ts'
import type {PodSubject} from './subject.ts'
import type {Verdict} from './unscheduled-verdict.ts'
import {describePod} from './unscheduled-words.ts'

type Words = Pick<SchedulingReason, 'advice'> & {readonly danger?: string}

const DATA =
  'deleting the claim would give the Pod a new, empty volume, and give the data of this one up for ever'
const PLACE: Words = {
  advice: 'bring a node back, or add one, that reaches the volume: the data is only there',
  danger: DATA,
}
const ROOM: Words = {
  advice:
    'free room where it may run, add a node there, lower the requests, or give the Pods a higher priorityClassName',
  danger: 'a higher priority makes room by stopping other Pods',
}
const HOPELESS: Words = {
  advice: 'every node is too small even when empty: lower the requests, or add a bigger node',
}

const MISSING_LABEL = /missing required label/i
const LABEL: Words = {
  advice:
    'the nodes lack the label that topologyKey names, and are no place then: label them, or fix the template',
}

/** Where a Pod may run on several nodes, the advice for a Pod with one node of its own would mislead. */
const OWN: Readonly<Record<string, Words>> = {
  'sched-insufficient-cpu': ROOM,
  'sched-insufficient-memory': ROOM,
  'sched-insufficient-ephemeral-storage': ROOM,
  'sched-too-many-pods': {
    advice:
      "the nodes take no more Pods (kubelet's maxPods), however small: take some away, add a node, or give these a higher priorityClassName",
    danger: 'a higher priority makes room by stopping other Pods',
  },
  'sched-pv-node-affinity': PLACE,
  'sched-pv-zone': PLACE,
  'sched-node-affinity': {
    advice:
      "no node that is left has the labels that the Pod's selector or affinity wants: put them back, or fix the template",
  },
  'sched-anti-affinity': {
    advice:
      'it takes as many nodes as Pods that keep away from each other, and one that is still terminating counts: add a node, or prefer instead of require',
    danger: 'with a rule that is only preferred, one node may take down several members at once',
  },
  'sched-topology-spread': {
    advice:
      'see why the nodes where fewer of these Pods run do not take it: the scheduler names that too; else relax maxSkew, or use ScheduleAnyway',
    danger: 'with a relaxed rule one zone or node may take down more members at once',
  },
  'sched-unschedulable': {advice: 'see what the scheduler means, and who else refuses Pods in this cluster'},
}

/** One node can be looked at; of several the Pod's own events say most. */
export function unscheduledRemedy(
  subject: PodSubject,
  verdict: Verdict,
  isHopeless: boolean,
): Finding['remedy'] {
  const {id, nodes, told, volumes} = verdict
  const [node] = nodes
  const back = nodes.find((each) => id === 'sched-taint' && isNodeReady(each) && outOfServiceTaint(each))
  if (back) return putBack(back)
  const untaint =
    id === 'sched-taint' && volumes.length > 0 ? untaintRemedy(nodes, subject.pod.spec) : undefined
  if (untaint) return untaint
  if (id === 'sched-node-cordoned' && node) return uncordon(nameOf(node), nodes.length)
  const {advice, danger = ''} = isHopeless ? HOPELESS : wordsOf(id, told[0]?.text)
  const isSingle = node && nodes.length === 1
  return {
    commands: [describePod(subject), ...(isSingle ? [kubectl('describe', 'node', nameOf(node))] : [])],
    advice,
    danger: danger || (volumes.length > 0 ? DATA : ''),
    rung: 0,
  }
}

/** Somebody declared it dead, and it is back: nothing should tolerate that taint, and a person has to take it away. */
function putBack(node: Node): Finding['remedy'] {
  const {key = '', effect = ''} = outOfServiceTaint(node) ?? {}
  return {
    commands: [
      kubectl('get', 'volumeattachments'),
      kubectl('taint', 'node', nameOf(node), `${key}:${effect}-`),
    ],
    advice: `node ${nameOf(node)} is ready again and still marked as out of service: first see that no volume is attached to it any more`,
    danger: 'without the taint Pods come back, to volumes that may still be on their way out',
    rung: 1,
  }
}

function wordsOf(id: string, text = ''): Words {
  if (id === 'sched-topology-spread' && MISSING_LABEL.test(text)) return LABEL
  return OWN[id] ?? schedulingReason(text) ?? {advice: 'see what the scheduler says'}
}

function uncordon(node: string, count: number): Finding['remedy'] {
  return {
    commands: [kubectl('describe', 'node', node), kubectl('uncordon', node)],
    ...(count > 1 && {advice: 'one of them is enough, if it has room'}),
    danger: 'somebody may be draining that node on purpose: ask first',
    rung: 1,
  }
}
