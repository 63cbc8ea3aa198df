import {isSchedulable} from '../../model/node.ts'
import type {Rule} from '../finding.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {setText} from './parts.ts'

/** The first thing that one sees of such a node, and for a DaemonSet no reason: its Pods tolerate a cordon. */
export const cordonIsNoCause: Rule<DaemonNodeSubject> = ({node, name, state, eligibility, daemonSet}) => {
  const isAsked = state === 'Missing' || state === 'Pending' || state === 'NotReady'
  if (!node || isSchedulable(node) || !eligibility?.shouldRun || !isAsked) return undefined
  return {
    id: 'ds-cordon-is-not-a-cause',
    severity: 'info',
    message: `Node ${name} is cordoned, and that is not why ${setText(daemonSet)} has no working Pod there: daemon Pods come to cordoned nodes, too`,
    object: {kind: 'Node', name},
    evidence: [`node/${name} spec.unschedulable=true, which every daemon Pod tolerates`],
    selfHealing: 'no',
    remedy: null,
  }
}
