import {knownTaint} from '../../../model/known-taints.ts'
import {isNodeReady} from '../../../model/node.ts'
import {type Node, nameOf} from '../../../model/objects.ts'
import {untoleratedTaints} from '../../../model/taints.ts'
import type {Cause} from '../../cause.ts'
import type {Finding, Remedy} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {describePod} from '../finding.ts'
import type {PodSubject} from '../subject.ts'
import {outOfServiceTaint} from '../terminating/facts.ts'
import {LEFT_BEHIND, causes as terminating} from '../terminating/overdue.ts'
import {besideRemedy} from './beside.ts'
import {choice} from './choice.ts'
import type {SchedulingReason} from './reason.ts'
import {reasonNamed, reasonOf} from './reasons.ts'
import {CORDONED_NODE, causes as nodeCauses, ONLY_IF_DONE} from './reasons-nodes.ts'
import {isToleratedByNow, TOLERATED_BY_NOW} from './tolerated-by-now.ts'
import {untaintRemedy} from './untaint.ts'
import {misplacedFor, type SchedulerVerdict} from './verdict.ts'

const HOPELESS = ['lower the requests in the template', 'add a bigger node']

/** One node can be looked at; of several the Pod's own events say most. */
export function schedulingRemedy(
  subject: PodSubject,
  verdict: SchedulerVerdict,
  isHopeless: boolean,
): Finding['remedy'] {
  const {nodes, told, volumes} = verdict
  const [node] = nodes
  const reason = reasonNamed(verdict.id) ?? reasonOf('')
  const misplaced = reason.about === 'reach' ? misplacedFor(subject) : undefined
  if (misplaced) return misplaced.remedy
  const beside = besideRemedy(subject, verdict)
  if (beside) return beside
  const isTaint = reason.about === 'taint'
  const {once} = subject.relations
  const back =
    isTaint && once('back', nodes, () => nodes.find((each) => isNodeReady(each) && outOfServiceTaint(each)))
  if (back) return putBack(back)
  if (isTaint && isToleratedByNow(subject, nodes, told)) {
    return choice([describePod(subject.pod)], [TOLERATED_BY_NOW])
  }
  const isPool = () => nodes.length > 0 && nodes.every((each) => isOfPool(each, subject.pod))
  if (isTaint && once('isPool', nodes, isPool)) return OF_POOL
  const untaint =
    isTaint && volumes.length > 0
      ? once('untaint', nodes, () => untaintRemedy(nodes, subject.pod.spec))
      : undefined
  if (untaint) return untaint
  if (reason.about === 'cordon' && node) return uncordon(nameOf(node), nodes.length)
  const isSingle = node && nodes.length === 1
  const look = [describePod(subject.pod), ...(isSingle ? [kubectl('describe', 'node', nameOf(node))] : [])]
  return isHopeless ? choice(look, HOPELESS) : onSeveral(look, reason, told[0]?.text)
}

/** All that keeps the Pod off it is permanent, as on every node of its pool. */
function isOfPool(node: Node, {spec}: PodSubject['pod']): boolean {
  const taints = untoleratedTaints(node, spec?.tolerations ?? [])
  return taints.length > 0 && taints.every((taint) => knownTaint(taint)?.kind === 'pool')
}

const OF_POOL = choice(
  [kubectl('get', 'nodes')],
  [
    'add a node of another pool: those are machines that the cloud may take back at any time',
    'if the Pods may run on such machines, tolerate that in the template',
  ],
  {risk: 'the cloud takes such a machine back within seconds or minutes, and the Pod with it'},
)

/** Somebody declared it dead, and it is back: nothing should tolerate that taint, and a person has to take it away. */
function putBack(node: Node): Finding['remedy'] {
  const {key = '', effect = ''} = outOfServiceTaint(node) ?? {}
  const left: Cause = terminating[LEFT_BEHIND]
  const text = `node ${nameOf(node)} is ready again and still marked as out of service: only when no volume is attached to it any more, take the mark away`
  const removal = kubectl('taint', 'node', nameOf(node), `${key}:${effect}-`)
  return {
    look: [kubectl('get', 'volumeattachments')],
    act: [{text, commands: [removal]}],
    risk: left.risk ?? '',
    avoid: '',
    rung: 1,
  }
}

function onSeveral(look: readonly string[], reason: SchedulingReason, text = ''): Remedy {
  const {ways, onSeveral: ofSeveral = ways, inCase} = reason
  return inCase?.said.test(text) ? choice(look, inCase.ways) : choice(look, ofSeveral, reason)
}

function uncordon(node: string, count: number): Remedy {
  const text = `${ONLY_IF_DONE}${count > 1 ? '; one of them is enough, if it has room' : ''}`
  return {
    look: [kubectl('describe', 'node', node)],
    act: [{text, commands: [kubectl('uncordon', node)]}],
    risk: nodeCauses[CORDONED_NODE].risk,
    avoid: '',
    rung: 1,
  }
}
