import {isSchedulable} from '../../model/node.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {setText} from './words.ts'

export const causes = {
  'ds-cordon-is-not-a-cause': {
    title: 'cordoned node still gets its daemon',
    applies: ['DaemonSet'],
    sign: 'The node is cordoned. Daemon Pods tolerate that and are created there all the same.',
    remedy: 'Look for another cause.',
    rank: 'aside',
  },
} satisfies Causes

/** The first thing that one sees of such a node, and for a DaemonSet no reason: its Pods tolerate a cordon. */
export const cordonIsNoCause: Rule<DaemonNodeSubject> = ({node, name, state, eligibility, daemonSet}) => {
  const isNotReady = state === 'Missing' || state === 'Pending' || state === 'NotReady'
  if (!node || isSchedulable(node) || !eligibility?.shouldRun || !isNotReady) return undefined
  return {
    id: 'ds-cordon-is-not-a-cause',
    severity: 'info',
    message: `A cordon keeps no daemon Pods away: it is not why ${setText(daemonSet)} has no working Pod on node ${name}`,
    object: {kind: 'Node', name},
    evidence: [`node/${name} spec.unschedulable=true`],
    selfHealing: 'no',
    remedy: null,
  }
}
