import {nameOf, namespaceOf} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Remedy} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {FEW} from '../words.ts'
import type {BudgetBlocker, StalledUpdate} from './stalled.ts'
import {stalledRule, withWhy} from './stalled-rule.ts'
import {capitalised} from './words.ts'

export const causes = {
  'ds-dead-node-eats-budget': {
    title: 'dead nodes use up the budget',
    applies: ['DaemonSet'],
    sign: 'The nodes that count as unavailable are as many as `maxUnavailable`, and they are not `Ready`. Their Pods are terminating, or new and not available. Nothing else is replaced.',
    remedy:
      'Bring the node back, or delete it if its machine never comes back. To go on meanwhile, raise `maxUnavailable` with `kubectl patch daemonset`.',
    risk: 'a higher `maxUnavailable` lets a bad template take down more nodes at once; deleting a Node asserts that its machine is off',
    riskWhen: 'the nodes do not come back by themselves',
    avoid: 'force the Pod away: the next one on that node counts as well',
  },
} satisfies Causes

/** Not even DESIRED has to count such a node; the budget does, whether the set wants it or not. */
export const deadNodeEatsBudget = stalledRule(['lost', 'overdue'], (subject, blockers, stalled) => {
  const isPassing = passes(subject, blockers, stalled)
  return {
    id: 'ds-dead-node-eats-budget',
    severity: isPassing ? 'warning' : 'error',
    who: `${capitalised(withWhy(blockers))} ${blockers.length === 1 ? 'uses' : 'use'}`,
    selfHealing: isPassing ? 'yes' : 'maybe',
    remedy: {
      look: [describeNodes(blockers)],
      ...(isPassing ? WAIT : choices(subject, blockers, stalled)),
    },
  }
})

const WAIT: Omit<Remedy, 'look'> = {
  act: [
    {
      text: 'wait: Pods of a node that is gone are deleted within a minute; if they stay, see whether the controller manager runs',
      commands: [],
    },
  ],
  risk: '',
  avoid: '',
  rung: 0,
}

/** A garbage collector is about to take Pods of gone nodes away, and that gives enough of the budget back. */
function passes(
  {budget}: DaemonSetSubject,
  blockers: readonly BudgetBlocker[],
  {limit}: StalledUpdate,
): boolean {
  const gone = blockers.filter(({isNodeGone, pod}) => isNodeGone && !pod?.metadata?.finalizers?.length)
  return (budget?.used ?? 0) - gone.length < limit
}

function describeNodes(blockers: readonly BudgetBlocker[]): string {
  const names = blockers.map(({name}) => name)
  return names.length > FEW ? kubectl('get', 'nodes') : kubectl('get', 'node', ...names)
}

/** What a person can do, the gentlest first. */
function choices(
  subject: DaemonSetSubject,
  blockers: readonly BudgetBlocker[],
  stalled: StalledUpdate,
): Omit<Remedy, 'look'> {
  const lost = blockers.filter(({kind, isNodeGone}) => kind === 'lost' && !isNodeGone)
  const isLost = lost.length > 0
  const [only, ...rest] = lost.map(({name}) => name)
  const deletion = only && rest.length === 0 ? [kubectl('delete', 'node', only)] : []
  const heal = isLost
    ? `bring the ${lost.length > 1 ? 'nodes' : 'node'} back`
    : 'see what keeps the Pod from terminating'
  const raise = `to go on without ${lost.length > 1 ? 'them' : 'it'}, raise maxUnavailable to ${raised(subject, blockers, stalled)}, and set it back afterwards`
  const bury = `only if ${lost.length > 1 ? 'a' : 'the'} machine is off and never comes back, delete its Node`
  return {
    act: [
      {text: heal, commands: []},
      {text: raise, commands: [patch(subject, blockers, stalled)]},
      ...(isLost ? [{text: bury, commands: deletion}] : []),
    ],
    risk: `a higher maxUnavailable lets a bad revision take down more nodes at once${isLost ? '; deleting a Node asserts that its machine is off' : ''}`,
    avoid: isLost
      ? causes['ds-dead-node-eats-budget'].avoid
      : 'force the Pod away: its process may go on running beside the next one',
    rung: deletion.length > 0 ? 4 : 1,
  }
}

function patch(
  subject: DaemonSetSubject,
  blockers: readonly BudgetBlocker[],
  stalled: StalledUpdate,
): string {
  const {daemonSet} = subject
  const rollingUpdate = {maxUnavailable: raised(subject, blockers, stalled)}
  const change = JSON.stringify({spec: {updateStrategy: {rollingUpdate}}})
  return kubectl('patch', 'ds', '-n', namespaceOf(daemonSet), nameOf(daemonSet), '-p', change)
}

/** As many more as are blocked; a percentage stays one, unless no percentage is enough. */
function raised(
  {daemonSet, nodes}: DaemonSetSubject,
  blockers: readonly BudgetBlocker[],
  {limit}: StalledUpdate,
): number | string {
  const wanted = limit + blockers.length
  const desired = nodes.filter(({eligibility}) => eligibility.shouldRun).length
  const isPercentage = typeof daemonSet.spec?.updateStrategy?.rollingUpdate?.maxUnavailable === 'string'
  // the API server rounds up: the smallest percentage that makes more than wanted - 1
  const percentage = Math.floor(((wanted - 1) * 100) / desired) + 1
  return isPercentage && percentage <= 100 ? `${percentage}%` : wanted
}
