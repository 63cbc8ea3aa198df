import {FEW} from '../few.ts'
import type {Finding, Rule} from '../finding.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {nodesText, setReference, setText} from './parts.ts'
import {type Blocker, type Standstill, standstill} from './standstill.ts'

/** A rule about those blockers of one kind, if the update stands still and there are any. */
export function standstillRule(
  kinds: readonly Blocker['kind'][],
  describe: (
    subject: DaemonSetSubject,
    blockers: readonly Blocker[],
    still: Standstill,
  ) => Pick<Finding, 'id' | 'severity' | 'remedy' | 'selfHealing'> & {because: string},
): Rule<DaemonSetSubject> {
  return (subject) => {
    const still = standstill(subject)
    const blockers = still?.blockers.filter(({kind}) => kinds.includes(kind)) ?? []
    if (!still || blockers.length === 0) return undefined
    const {because, ...finding} = describe(subject, blockers, still)
    const since = sinceWhen(blockers)
    return {
      ...finding,
      message: `The rolling update of ${setText(subject.daemonSet)} stands still: maxUnavailable ${still.limit} is used up ${because}; ${still.waiting.length} old ${still.waiting.length === 1 ? 'Pod waits' : 'Pods wait'} on ${nodesText(still.waiting)}`,
      object: setReference(subject.daemonSet),
      ...(since && {since}),
      evidence: [
        `${subject.budget?.used} of maxUnavailable ${still.limit} in use`,
        ...blockers.slice(0, FEW).map(({name, why}) => `node/${name} ${why}`),
        ...(blockers.length > FEW ? [`and ${blockers.length - FEW} more nodes`] : []),
      ],
    }
  }
}

/** Since the last of them joined in; undefined where one does not tell. */
function sinceWhen(blockers: readonly Blocker[]): string | undefined {
  const times = blockers.map(({since}) => since)
  return times.includes(undefined) ? undefined : times.toSorted().at(-1)
}

/** `nodes n1 (not ready), n2 (its Pod does not end)`. */
export function withWhy(blockers: readonly Blocker[]): string {
  return nodesText(blockers.map(({name, why}) => `${name} (${why})`))
}
