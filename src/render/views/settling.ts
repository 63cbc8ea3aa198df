import type {WhyReport} from '../../reports/why/report.ts'

/** What somebody or something does to a Pod that runs is worth to be called the cause, however short it takes. */
const DELIBERATE = /^(evicted|preempted|node|ds|drain)-/

/** A Pod starts or stops where all else is well, and has not been at it for too long. */
export function isSettling({findings, chain}: WhyReport): boolean {
  const [first] = findings
  const isMild = findings.every(({severity}) => severity === 'info')
  const isWhole = chain.every(({state}) => state !== 'broken' && state !== 'missing')
  if (!isMild || !isWhole || first?.object.kind !== 'Pod') return false
  return first.selfHealing !== 'no' && !DELIBERATE.test(first.id)
}
