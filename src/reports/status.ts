import {titleOf} from '../diagnosis/catalog/index.ts'
import {bySeverity, type Finding} from '../diagnosis/finding.ts'
import {headerOf, type Question} from './report.ts'
import {rolloutQuestion} from './rollout.ts'
import type {RolledWorkload, RolloutStatus} from './rollout-report.ts'
import type {StatusReport, WorkloadStatus} from './status-report.ts'

/** Which stateful workloads need attention? */
export const statusQuestion: Question<StatusReport> = {
  needs: rolloutQuestion.needs,
  more: rolloutQuestion.more,
  build: (snapshot, scope) => ({
    ...headerOf('StatusReport', snapshot),
    workloads: rolloutQuestion.build(snapshot, scope).workloads.map(statusOf).toSorted(worstFirst),
  }),
  findings: (report) => report.workloads.flatMap(({findings}) => findings),
  namespaces: (report) => report.workloads.map(({namespace}) => namespace),
  names: (report) => report.workloads.map(({kind, name}) => `${kind.toLowerCase()}.apps/${name}`),
}

function statusOf(workload: RolledWorkload): WorkloadStatus {
  const {kind, namespace, name, counts, status, since, blockedBy} = workload
  const findings = bySeverity([...(blockedBy?.findings ?? []), ...workload.findings])
  const {desired, ready, updated} = counts
  return {
    kind,
    namespace,
    name,
    desired,
    ready,
    updated,
    state: status,
    since,
    top: topOf(findings),
    findings,
  }
}

function topOf([first]: readonly Finding[]): WorkloadStatus['top'] {
  return first ? {id: first.id, title: titleOf(first.id) ?? first.id} : null
}

const URGENCY: readonly RolloutStatus[] = ['Stalled', 'Unknown', 'Progressing', 'Waiting', 'Held', 'Complete']
const SEVERITY = ['error', 'warning', 'info']

/** By state, then by the worst finding; equals stay in order. */
function worstFirst(left: WorkloadStatus, right: WorkloadStatus): number {
  return rankOf(left) - rankOf(right)
}

/** An error counts more than any state but `Stalled`. */
function rankOf({state, findings: [worst]}: WorkloadStatus): number {
  const severity = worst ? SEVERITY.indexOf(worst.severity) : SEVERITY.length
  if (state === 'Stalled') return 0
  return severity === 0 ? 1 : 10 * (1 + URGENCY.indexOf(state)) + severity
}
