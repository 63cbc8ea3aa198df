import {nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {FEW} from '../few.ts'
import type {Finding} from '../finding.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import type {Blocker, Standstill} from './standstill.ts'
import {standstillRule, withWhy} from './standstill-rule.ts'

/** Not even DESIRED has to count such a node; the budget does, whether the set wants it or not. */
export const deadNodeEatsBudget = standstillRule(['lost', 'overdue'], (subject, blockers, still) => {
  const isPassing = passes(subject, blockers, still)
  return {
    id: 'ds-dead-node-eats-budget',
    severity: isPassing ? 'warning' : 'error',
    because: `by ${withWhy(blockers)}, where no Pod of the set can become available`,
    selfHealing: isPassing ? 'yes' : 'maybe',
    remedy: {commands: [look(blockers)], ...(isPassing ? WAIT : choices(subject, blockers, still)), rung: 0},
  }
})

const WAIT = {
  advice:
    'wait: Pods of a node that is gone are taken away within a minute; if they stay, see whether the controller manager runs',
  danger: '',
}

/** A garbage collector is about to take Pods of gone nodes away, and that gives enough of the budget back. */
function passes({budget}: DaemonSetSubject, blockers: readonly Blocker[], {limit}: Standstill): boolean {
  const gone = blockers.filter(({isNodeGone, pod}) => isNodeGone && !pod?.metadata?.finalizers?.length)
  return (budget?.used ?? 0) - gone.length < limit
}

function look(blockers: readonly Blocker[]): string {
  const names = blockers.map(({name}) => name)
  return names.length > FEW ? kubectl('get', 'nodes') : kubectl('get', 'node', ...names)
}

/** What a person can do, best first; each by itself. */
function choices(
  subject: DaemonSetSubject,
  blockers: readonly Blocker[],
  still: Standstill,
): Pick<NonNullable<Finding['remedy']>, 'advice' | 'danger'> {
  const lost = blockers.filter(({kind, isNodeGone}) => kind === 'lost' && !isNodeGone)
  const isLost = lost.length > 0
  const heal = isLost
    ? `bring the ${lost.length > 1 ? 'nodes' : 'node'} back`
    : 'see what keeps the Pod from ending'
  const raise = `or, to go on without it, raise maxUnavailable to ${raised(subject, blockers, still)} for the time being with ${patch(subject, blockers, still)}, and put it back afterwards`
  const bury = `delete ${lost.length > 1 ? 'a' : 'the'} Node only if its machine is off and never comes back`
  const risks = [
    'a higher maxUnavailable lets a bad revision take down more nodes at once',
    ...(isLost
      ? [
          'deleting a Node asserts that its machine is off',
          'forcing the Pod away does not help, the next one counts as well',
        ]
      : ['forcing the Pod away may leave its process running beside the next one']),
  ]
  return {advice: [heal, raise, ...(isLost ? [bury] : [])].join('; '), danger: risks.join('; ')}
}

function patch(subject: DaemonSetSubject, blockers: readonly Blocker[], still: Standstill): string {
  const {daemonSet} = subject
  const rollingUpdate = {maxUnavailable: raised(subject, blockers, still)}
  const change = JSON.stringify({spec: {updateStrategy: {rollingUpdate}}})
  return kubectl('patch', 'ds', '-n', namespaceOf(daemonSet), nameOf(daemonSet), '-p', change)
}

/** As many more as are blocked; a percentage stays one, unless no percentage is enough. */
function raised(
  {daemonSet, nodes}: DaemonSetSubject,
  blockers: readonly Blocker[],
  {limit}: Standstill,
): number | string {
  const wanted = limit + blockers.length
  const desired = nodes.filter(({eligibility}) => eligibility.shouldRun).length
  const isPercentage = typeof daemonSet.spec?.updateStrategy?.rollingUpdate?.maxUnavailable === 'string'
  // the API server rounds up: the smallest percentage that makes more than wanted - 1
  const percentage = Math.floor(((wanted - 1) * 100) / desired) + 1
  return isPercentage && percentage <= 100 ? `${percentage}%` : wanted
}
