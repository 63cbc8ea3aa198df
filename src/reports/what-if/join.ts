import {eligibility} from '../../model/daemon-eligibility.ts'
import {type DaemonSet, type Node, nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {quantity} from '../../model/quantity.ts'
import type {Relations} from '../../model/relations.ts'
import {amountText, requestOfPod} from '../../model/requests.ts'
import {type Answer, answer} from './answer.ts'
import type {DaemonSetChange} from './report.ts'
import {counted} from './words.ts'

const HOSTNAME = 'kubernetes.io/hostname'
/** What the new one is called before it has a name. */
const NEW_NODE = '<new>'

/** One more node like that one: which daemons it gets, and what they request of it together. */
export function whatIfJoined(like: Node, {snapshot, sees}: Relations): Answer {
  const node = twinOf(like)
  const coming = snapshot.daemonSets.filter(({spec}) => eligibility(spec?.template, node).shouldRun)
  const state = isTooMuch(coming, node) ? 'Short' : 'Done'
  return answer({
    end: {state: sees('daemonSets') ? state : 'Unknown', message: endText(coming, node), waitsFor: null},
    daemonSets: coming.map(joined),
  })
}

/** As a node of that kind begins: without the cordon, and without what conditions have tainted. */
function twinOf({metadata, spec, status}: Node): Node {
  const taints = (spec?.taints ?? []).filter(({key}) => !key?.startsWith('node.kubernetes.io/'))
  return {
    metadata: {...metadata, name: NEW_NODE, labels: {...metadata?.labels, [HOSTNAME]: NEW_NODE}},
    spec: {taints},
    ...(status && {status}),
  }
}

function joined(daemonSet: DaemonSet): DaemonSetChange {
  const {desiredNumberScheduled = 0, numberAvailable = 0, numberMisscheduled = 0} = daemonSet.status ?? {}
  return {
    namespace: namespaceOf(daemonSet),
    name: nameOf(daemonSet),
    desired: {before: desiredNumberScheduled, after: desiredNumberScheduled + 1},
    available: {before: numberAvailable, after: numberAvailable + 1},
    misscheduled: {before: numberMisscheduled, after: numberMisscheduled},
    joins: [NEW_NODE],
    leaves: [],
  }
}

function endText(coming: readonly DaemonSet[], node: Node): string {
  const pods = coming.map(podOf)
  const sums = COUNTED.map((resource) => sumText(pods, resource, node)).filter(Boolean)
  const together =
    sums.length > 0 ? `; together they request ${sums.join(' and ')}` : '; they request nothing of it'
  const isOver = isTooMuch(coming, node) ? ': more than it has' : ''
  return `it gets ${counted(coming.length, 'daemon Pod')}${coming.length > 0 ? together + isOver : ''}`
}

const COUNTED = ['cpu', 'memory'] as const

/** Not all of them would find room on it. */
function isTooMuch(coming: readonly DaemonSet[], {status}: Node): boolean {
  const pods = coming.map(podOf)
  return COUNTED.some((resource) => {
    const total = quantity(status?.allocatable?.[resource])
    return total !== undefined && sumOf(pods, resource) > total
  })
}

function podOf({spec}: DaemonSet): Pod {
  return {spec: {containers: [], ...spec?.template?.spec}}
}

function sumOf(pods: readonly Pod[], resource: string): number {
  return pods.reduce((sum, pod) => sum + requestOfPod(pod, resource), 0)
}

function sumText(pods: readonly Pod[], resource: string, {status}: Node): string {
  const amount = sumOf(pods, resource)
  const total = quantity(status?.allocatable?.[resource])
  if (amount === 0) return ''
  const of = total === undefined ? '' : ` of ${amountText(total, resource)}`
  return `${amountText(amount, resource)} ${resource}${of}`
}
