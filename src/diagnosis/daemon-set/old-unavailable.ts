import {countsBroken} from '../../model/rollout/daemon-update.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {nodesText, setReference, setText} from './words.ts'

export const causes = {
  'ds-old-unavailable-counts': {
    title: 'old unavailable Pods use the budget',
    applies: ['DaemonSet'],
    sign: 'From 1.31, and in the last patches of 1.30: old Pods that are not available count against `maxUnavailable` before anything else is replaced. They are replaced first.',
    remedy: 'Wait; look at the new Pods if they do not become available.',
    rank: 'summary',
  },
} satisfies Causes

/** From 1.28.15, 1.29.10, 1.30.6 and 1.31 old Pods that are not available use the budget up before anything is replaced. */
export const oldUnavailableCounts: Rule<DaemonSetSubject> = ({daemonSet, budget, relations}) => {
  if (budget?.mode !== 'maxUnavailable' || !countsBroken(serverVersionOf(relations.snapshot)))
    return undefined
  const olds = budget.ledger.filter(({why}) => why === 'old-unavailable').map(({node}) => node)
  const waiting = budget.ledger.filter(({why}) => why === 'candidate')
  const isDecisive = budget.used >= budget.limit && budget.used - olds.length < budget.limit
  if (olds.length === 0 || waiting.length === 0 || !isDecisive) return undefined
  return {
    id: 'ds-old-unavailable-counts',
    severity: 'info',
    message: `Old Pods that are not available use up maxUnavailable ${budget.limit} of ${setText(daemonSet)} and are replaced first (${nodesText(olds.toSorted())})`,
    object: setReference(daemonSet),
    evidence: [`${budget.used} of maxUnavailable ${budget.limit} in use`],
    selfHealing: 'yes',
    remedy: null,
  }
}
