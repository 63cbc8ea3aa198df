import {listed} from '../../model/listed.ts'
import type {RolledWorkload} from '../../reports/rollout/report.ts'
import type {Line} from '../view.ts'
import {nextText} from './rollout-words.ts'

/** What comes next, and who uses up what there is room for: in one line where that is what it waits for. */
export function nextLines(workload: RolledWorkload, now: string): readonly Line[] {
  const {next, budget} = workload
  const used = budget && budget.used > 0 ? budgetText(budget) : undefined
  if (used && next.waitsFor?.reason === 'Budget') return [{label: 'Next', text: `waits for room: ${used}`}]
  return [{label: 'Next', text: nextText(workload, now)}, ...(used ? [{label: 'Budget', text: used}] : [])]
}

const WHY: Readonly<Record<string, string>> = {
  excess: 'too many Pods',
  missing: 'no live Pod',
  both: 'two Pods',
  'new-unavailable': 'new Pod not available',
  'old-unavailable': 'old Pod not available',
  surging: 'new Pod not available yet',
}
const FEW = 3

/** `1 of maxUnavailable 1 in use: n1 (no live Pod)`. */
function budgetText({mode, limit, used, usedBy}: NonNullable<RolledWorkload['budget']>): string {
  const names = usedBy.map(({nodeName, why}) => `${nodeName} (${WHY[why] ?? why})`)
  return `${used} of ${mode} ${limit} in use: ${listed(names, FEW)}`
}
