import {scaled} from '../../model/int-or-percent.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Remedy, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {DELETION_SECONDS, secondsBetween} from '../patience.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {BEING_DELETED, causes as deletion, leftPods} from '../workload/being-deleted.ts'
import {nowOf, selectsAll, setReference, setText} from './words.ts'

export const causes = {
  'ds-both-zero': {
    title: 'budget of zero counts as one',
    applies: ['DaemonSet'],
    sign: '`maxUnavailable` and `maxSurge` both come out as 0. The controller then takes one node at a time.',
    remedy: 'Nothing, unless it is too slow: set `maxUnavailable`.',
    rank: 'aside',
  },
  'ds-selecting-all': {
    title: 'selector selects every Pod',
    applies: ['DaemonSet'],
    sign: 'The selector is empty: the event `SelectingAll` comes, and the controller does nothing. A current API server refuses such a set.',
    remedy: 'Recreate the DaemonSet with a selector.',
    risk: 'its Pods are deleted with it, unless you add --cascade=orphan',
  },
} satisfies Causes

/** From here on the controller does nothing for the set, and its status is frozen. */
export const beingDeleted: Rule<DaemonSetSubject> = (subject) => {
  const {daemonSet} = subject
  const since = daemonSet.metadata?.deletionTimestamp
  if (!since) return undefined
  const finalizers = daemonSet.metadata?.finalizers ?? []
  const waits = finalizers.length > 0 ? `, and waits for finalizer ${finalizers.join(', ')}` : ''
  return {
    id: BEING_DELETED,
    severity: secondsBetween(since, nowOf(subject)) > DELETION_SECONDS ? 'error' : 'warning',
    message: `${setText(daemonSet)} is being deleted${waits}: its controller does nothing for it`,
    object: setReference(daemonSet),
    since,
    evidence: [
      `daemonset/${nameOf(daemonSet)} metadata.deletionTimestamp=${since}`,
      ...leftPods(daemonSet, subject.relations),
    ],
    selfHealing: 'maybe',
    remedy: readSet(subject, 'see which of its Pods is not deleted yet, or whose finalizer it is', {
      avoid: deletion[BEING_DELETED].avoid,
    }),
  }
}

export const selectingAll: Rule<DaemonSetSubject> = (subject) => {
  const {daemonSet} = subject
  if (!selectsAll(daemonSet.spec?.selector)) return undefined
  return {
    id: 'ds-selecting-all',
    severity: 'error',
    message: `The empty selector of ${setText(daemonSet)} selects every Pod, so its controller does nothing`,
    object: setReference(daemonSet),
    evidence: [`daemonset/${nameOf(daemonSet)} spec.selector={}`],
    selfHealing: 'no',
    remedy: readSet(subject, "recreate it with a selector: that of an existing set can't be changed", {
      risk: causes['ds-selecting-all'].risk,
    }),
  }
}

/** The API refuses that since 1.21; the controller takes it for maxUnavailable 1. */
export const bothZero: Rule<DaemonSetSubject> = (subject) => {
  const {daemonSet, nodes, budget} = subject
  const desired = nodes.filter(({eligibility}) => eligibility.shouldRun).length
  const {maxUnavailable, maxSurge} = daemonSet.spec?.updateStrategy?.rollingUpdate ?? {}
  const isZero = scaled(maxUnavailable, desired, 'up') === 0 && (scaled(maxSurge, desired, 'up') ?? 0) === 0
  if (!budget || desired === 0 || !isZero) return undefined
  return {
    id: 'ds-both-zero',
    severity: 'warning',
    message: `maxUnavailable and maxSurge of ${setText(daemonSet)} are both 0, so its controller updates one node at a time`,
    object: setReference(daemonSet),
    evidence: [
      `daemonset/${nameOf(daemonSet)} spec.updateStrategy.rollingUpdate maxUnavailable=${maxUnavailable}, maxSurge=${maxSurge ?? 0}`,
    ],
    selfHealing: 'no',
    remedy: null,
  }
}

function readSet(
  {daemonSet}: DaemonSetSubject,
  text: string,
  {risk = '', avoid = ''}: {readonly risk?: string; readonly avoid?: string},
): Remedy {
  const look = [kubectl('get', 'ds', '-n', namespaceOf(daemonSet), nameOf(daemonSet), '-o', 'yaml')]
  return {look, act: [{text, commands: []}], risk, avoid, rung: 0}
}
