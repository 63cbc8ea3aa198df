import {countsBroken} from '../../model/rollout/daemon-update.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import type {Rule} from '../finding.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {nodesText, setReference, setText} from './parts.ts'

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
    severity: 'warning',
    message: `The rolling update of ${setText(daemonSet)} first replaces old Pods that are not available, on ${nodesText(olds.toSorted())}: they use up maxUnavailable ${budget.limit}`,
    object: setReference(daemonSet),
    evidence: [`${budget.used} of maxUnavailable ${budget.limit} in use`],
    selfHealing: 'yes',
    remedy: null,
  }
}
