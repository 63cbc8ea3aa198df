import {currentRevision} from '../../model/daemon-revision.ts'
import type {Finding, Rule} from '../finding.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {FEW} from '../words.ts'
import {type BudgetBlocker, type StalledUpdate, stalledUpdate} from './stalled.ts'
import {nodesText, setReference, setText} from './words.ts'

/** A rule about those blockers of one kind, if the update is stalled and there are any. */
export function stalledRule(
  kinds: readonly BudgetBlocker['kind'][],
  describe: (
    subject: DaemonSetSubject,
    blockers: readonly BudgetBlocker[],
    stalled: StalledUpdate,
  ) => Pick<Finding, 'id' | 'severity' | 'remedy' | 'selfHealing'> & {who: string},
): Rule<DaemonSetSubject> {
  return (subject) => {
    const stalled = stalledUpdate(subject)
    const blockers = stalled?.blockers.filter(({kind}) => kinds.includes(kind)) ?? []
    if (!stalled || blockers.length === 0) return undefined
    const {who, ...finding} = describe(subject, blockers, stalled)
    const since = sinceWhen(blockers, subject)
    return {
      ...finding,
      message: `${who} ${shareText(blockers.length, stalled.limit)} of ${setText(subject.daemonSet)}, so ${stalled.waiting.length} old ${stalled.waiting.length === 1 ? 'Pod waits for its' : 'Pods wait for their'} update`,
      object: setReference(subject.daemonSet),
      ...(since && {since}),
      evidence: [
        `${subject.budget?.used} of maxUnavailable ${stalled.limit} in use`,
        ...blockers.slice(0, FEW).map(({proof}) => proof),
        ...(blockers.length > FEW ? [`and ${blockers.length - FEW} more nodes`] : []),
        `old Pods wait on ${nodesText(stalled.waiting)}`,
      ],
    }
  }
}

/** Of a limit that others use as well, only the share of these. */
function shareText(count: number, limit: number): string {
  return count < limit ? `${count} of maxUnavailable ${limit}` : `up maxUnavailable ${limit}`
}

/** Since the last of them joined in, and not before there was anything to update to; undefined where one does not tell. */
function sinceWhen(
  blockers: readonly BudgetBlocker[],
  {daemonSet, relations}: DaemonSetSubject,
): string | undefined {
  const times = blockers.map(({since}) => since)
  if (times.includes(undefined)) return undefined
  const revision = currentRevision(daemonSet, relations.revisionsOf(daemonSet.metadata?.uid))
  const began = revision?.metadata?.creationTimestamp
  return [...times, ...(began ? [began] : [])].toSorted().at(-1)
}

/** `node n1 (not ready)`; `nodes n1, n2 (not ready), node n3 (its Pod does not terminate)`. */
export function withWhy(blockers: readonly BudgetBlocker[]): string {
  return [...Map.groupBy(blockers, ({why}) => why)]
    .map(([why, alike]) => `${nodesText(alike.map(({name}) => name))} (${why})`)
    .join(', ')
}
