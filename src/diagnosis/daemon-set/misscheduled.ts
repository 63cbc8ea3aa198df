import {daemonTolerations} from '../../model/daemon-eligibility.ts'
import {isNodeReady} from '../../model/node.ts'
import {nameOf, namespaceOf, type Taint} from '../../model/objects.ts'
import {OUT_OF_SERVICE, taintText, untoleratedTaints} from '../../model/taints.ts'
import type {Cause, Causes} from '../cause.ts'
import {firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {EVICTED_BY_TAINT} from '../pod/failed/disrupted.ts'
import {podReference} from '../pod/reference.ts'
import {PINNED} from '../pod/scheduling/pinned.ts'
import {TAINTED_NODE} from '../pod/scheduling/reasons-nodes.ts'
import {LEFT_BEHIND, causes as terminating} from '../pod/terminating/overdue.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {proofOf} from './excluded.ts'
import {passingNode} from './passing-node.ts'
import {isRemovedByUpdate} from './removed-by-update.ts'
import {ruleText} from './rule-text.ts'
import {livePods} from './words.ts'

export const causes = {
  'ds-noexecute-evicted': {
    title: 'taint evicts the daemon',
    applies: ['DaemonSet'],
    sign: 'The node has a `NoExecute` taint that the template does not tolerate: its Pod is evicted, and no new one is created.',
    remedy: 'Tolerate the taint in the template, or remove it from the node.',
    risk: 'the taint may protect the node or its hardware: ask who put it there',
    covers: [EVICTED_BY_TAINT],
  },
  'ds-misscheduled-leftover': {
    title: 'Pod on an unwanted node',
    applies: ['DaemonSet'],
    sign: 'The node no longer fits the template, for instance because of a taint that came later, and nothing evicts the Pod that runs there.',
    remedy:
      'If the set is wanted there, tolerate the taint in the template: otherwise the next update deletes the Pod, and no new one is created there. If it should go, `kubectl delete pod <pod>`.',
    risk: 'no other Pod of the set takes its place on that node, and other Pods there lose what they have from it (network, mounts, devices)',
    rank: 'aside',
    covers: [TAINTED_NODE, PINNED],
  },
} satisfies Causes

function taintsOf({node, daemonSet}: DaemonNodeSubject): readonly Taint[] {
  return node ? untoleratedTaints(node, daemonTolerations(daemonSet.spec?.template)) : []
}

const LEFT_BEHIND_CAUSE: Cause = terminating[LEFT_BEHIND]

/** Somebody declared the node dead; it is back, and the taint still evicts everything. */
const outOfService: Rule<DaemonNodeSubject> = (subject) => {
  const {node, name} = subject
  const taint = taintsOf(subject).find(({key}) => key === OUT_OF_SERVICE)
  if (!node || !taint || !isNodeReady(node)) return undefined
  return {
    id: LEFT_BEHIND,
    severity: 'warning',
    message: `Node ${name} is ready again and still has the out-of-service taint, which evicts its Pods`,
    object: {kind: 'Node', name},
    evidence: [`node/${name} taint ${taintText(taint)}`, `node/${name} condition Ready=True`],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'volumeattachments')],
      act: [
        {
          text: 'once no volume is attached to the node any more, remove the taint',
          commands: [kubectl('taint', 'node', name, `${taint.key}:${taint.effect}-`)],
        },
      ],
      risk: LEFT_BEHIND_CAUSE.risk ?? '',
      avoid: LEFT_BEHIND_CAUSE.avoid ?? '',
      rung: 1,
    },
  }
}

const evicted: Rule<DaemonNodeSubject> = (subject) => {
  const taints = taintsOf(subject).filter(({effect}) => effect === 'NoExecute')
  const [pod] = subject.pods
  if (!pod || taints.length === 0) return undefined
  const texts = taints.map(taintText).join(', ')
  return {
    id: 'ds-noexecute-evicted',
    severity: 'warning',
    message: `Taint ${texts} of node ${subject.name} evicts Pod ${nameOf(pod)}, and no new one is created there`,
    object: podReference(pod),
    evidence: [`node/${subject.name} spec.taints`],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('describe', 'node', subject.name)],
      act: [{text: 'if the set is wanted there, tolerate the taint in the template', commands: []}],
      risk: causes['ds-noexecute-evicted'].risk,
      avoid: '',
      rung: 0,
    },
  }
}

const leftover: Rule<DaemonNodeSubject> = (subject) => {
  const {name, eligibility} = subject
  const [pod] = livePods(subject)
  if (!pod || !eligibility?.shouldContinueRunning || !eligibility.rule) return undefined
  if (isRemovedByUpdate(subject, pod)) return undefined
  return {
    id: 'ds-misscheduled-leftover',
    severity: 'warning',
    message: `Pod ${nameOf(pod)} ${pod.spec?.nodeName ? 'runs on' : 'waits for'} node ${name}, which takes no new one: ${ruleText(eligibility.rule)}`,
    object: podReference(pod),
    evidence: proofOf(eligibility.rule, subject),
    selfHealing: 'no',
    remedy: {
      look: [kubectl('describe', 'node', name)],
      act: [
        {
          text: 'if the set is wanted there, tolerate the taint in the template: otherwise its next update deletes this Pod',
          commands: [],
        },
        {
          text: 'only if the Pod should go, delete it',
          commands: [kubectl('delete', 'pod', '-n', namespaceOf(pod), nameOf(pod))],
        },
      ],
      risk: causes['ds-misscheduled-leftover'].risk,
      avoid: '',
      rung: 2,
    },
  }
}

const rules = firstCause([outOfService, passingNode, evicted, leftover])

/** Why a Pod is on a node that must not have one. */
export const misscheduled: Rule<DaemonNodeSubject> = (subject) =>
  subject.state === 'Misscheduled' ? rules(subject) : undefined
