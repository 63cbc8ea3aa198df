import {titleOf} from '../../diagnosis/causes.ts'
import type {Finding} from '../../diagnosis/finding.ts'
import {headerOf, type Question} from '../report.ts'
import {narrowRollout, rolloutQuestion} from '../rollout/question.ts'
import type {RolledWorkload, RolloutState} from '../rollout/report.ts'
import type {StatusReport, WorkloadStatus} from './report.ts'

/** Which stateful workloads need attention? */
export const statusQuestion: Question<StatusReport> = {
  needs: rolloutQuestion.needs,
  more: rolloutQuestion.more,
  narrow: narrowRollout,
  build: (snapshot, scope, relate) => ({
    ...headerOf('StatusReport', snapshot),
    workloads: rolloutQuestion
      .build(snapshot, scope, relate)
      .workloads.map(rememberedStatus)
      .toSorted(worstFirst),
  }),
  findings: (report) => report.workloads.flatMap(({findings}) => findings),
  namespaces: (report) => report.workloads.map(({namespace}) => namespace),
  names: (report) => report.workloads.map(({kind, name}) => `${kind.toLowerCase()}.apps/${name}`),
}

const known = new WeakMap<RolledWorkload, WorkloadStatus>()

/** The same one for a workload of which nothing has changed since the report before. */
function rememberedStatus(workload: RolledWorkload): WorkloadStatus {
  const status = known.get(workload) ?? statusOf(workload)
  known.set(workload, status)
  return status
}

/** A workload in one line. */
export function statusOf(workload: RolledWorkload): WorkloadStatus {
  const {kind, group, namespace, name, counts, state, since, blockedBy} = workload
  const findings = [...(blockedBy?.findings ?? []), ...workload.findings]
  const {desired, ready, updated} = counts
  return {
    kind,
    ...(group !== undefined && {group}),
    namespace,
    name,
    desired,
    ready,
    updated,
    state,
    since,
    top: topOf(findings),
    findings,
  }
}

function topOf([first]: readonly Finding[]): WorkloadStatus['top'] {
  return first ? {id: first.id, title: titleOf(first)} : null
}

const URGENCY: readonly RolloutState[] = ['Stalled', 'Unknown', 'Progressing', 'Waiting', 'Held', 'Complete']
const SEVERITY = ['error', 'warning', 'info']

/** By state, then by the worst finding; equals stay in order. */
export function worstFirst(left: WorkloadStatus, right: WorkloadStatus): number {
  return rankOf(left) - rankOf(right)
}

/** An error counts more than any state but `Stalled`. */
function rankOf({state, findings}: WorkloadStatus): number {
  const severity = Math.min(SEVERITY.length, ...findings.map((each) => SEVERITY.indexOf(each.severity)))
  if (state === 'Stalled') return 0
  return severity === 0 ? 1 : 10 * (1 + URGENCY.indexOf(state)) + severity
}
