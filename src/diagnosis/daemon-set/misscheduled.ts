import {daemonTolerations} from '../../model/daemon-eligibility.ts'
import {isNodeReady} from '../../model/node.ts'
import {nameOf, namespaceOf, type Taint} from '../../model/objects.ts'
import {taintText, untoleratedTaints} from '../../model/taints.ts'
import {kubectl} from '../command-line.ts'
import {firstCause, type Rule} from '../finding.ts'
import {podReference, podText} from '../pod.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {livePods, setText} from './parts.ts'

const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service'
const LIFECYCLE = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']

function taintsOf({node, daemonSet}: DaemonNodeSubject): readonly Taint[] {
  return node ? untoleratedTaints(node, daemonTolerations(daemonSet.spec?.template)) : []
}

/** Somebody declared the node dead; it is back, and the taint still drives everything away. */
const outOfService: Rule<DaemonNodeSubject> = (subject) => {
  const {node, name} = subject
  const taint = taintsOf(subject).find(({key}) => key === OUT_OF_SERVICE)
  if (!node || !taint || !isNodeReady(node)) return undefined
  return {
    id: 'term-out-of-service-left-behind',
    severity: 'warning',
    message: `Node ${name} is ready again and still marked as out of service: its Pods are driven away`,
    object: {kind: 'Node', name},
    evidence: [`node/${name} taint ${taintText(taint)}`, `node/${name} condition Ready=True`],
    selfHealing: 'no',
    remedy: {
      commands: [
        kubectl('get', 'volumeattachments'),
        kubectl('taint', 'node', name, `${taint.key}:${taint.effect}-`),
      ],
      advice: 'first see that no volume is attached to it any more',
      danger: 'without the taint Pods come back, to volumes that may still be on their way out',
      rung: 1,
    },
  }
}

/** Not misscheduled in any sense that matters: the node is not ready, and the set does not tolerate that. */
const nodeNotReady: Rule<DaemonNodeSubject> = (subject) => {
  const taints = taintsOf(subject)
  const [pod] = subject.pods
  if (!pod || taints.length === 0 || !taints.every(({key}) => LIFECYCLE.includes(key))) return undefined
  return {
    id: 'ds-notready-shown-misscheduled',
    severity: 'info',
    message: `Node ${subject.name} is not ready, so ${setText(subject.daemonSet)} does not want it: its Pod there counts as misscheduled until the node is back`,
    object: podReference(pod),
    evidence: taints.map((taint) => `node/${subject.name} taint ${taintText(taint)}`),
    selfHealing: 'maybe',
    remedy: {
      commands: [kubectl('describe', 'node', subject.name)],
      advice: 'bring the node back',
      danger: '',
      rung: 0,
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
    message: `Node ${subject.name} drives ${podText(pod)} away by ${texts}, and no other comes`,
    object: podReference(pod),
    evidence: [`node/${subject.name} taint ${texts}`],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('describe', 'node', subject.name)],
      advice: 'tolerate the taint in the template if the set is wanted there',
      danger: '',
      rung: 0,
    },
  }
}

const leftover: Rule<DaemonNodeSubject> = (subject) => {
  const {name, eligibility} = subject
  const [pod] = livePods(subject)
  if (!pod || !eligibility?.shouldContinueRunning || !eligibility.rule) return undefined
  return {
    id: 'ds-misscheduled-leftover',
    severity: 'warning',
    message: `${podText(pod)} ${pod.spec?.nodeName ? 'runs on' : 'waits for'} node ${name}, which takes no new one: ${eligibility.rule.detail}`,
    object: podReference(pod),
    evidence: [`node/${name} ${eligibility.rule.detail}`],
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('delete', 'pod', '-n', namespaceOf(pod), nameOf(pod))],
      advice: 'tolerate the taint in the template instead if the set is wanted there',
      danger: 'no other Pod of the set takes its place on that node',
      rung: 2,
    },
  }
}

const causes = firstCause([outOfService, nodeNotReady, evicted, leftover])

/** Why a Pod is on a node that must not have one. */
export const misscheduled: Rule<DaemonNodeSubject> = (subject) =>
  subject.state === 'Misscheduled' ? causes(subject) : undefined
