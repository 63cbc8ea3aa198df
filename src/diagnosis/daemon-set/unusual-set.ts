import {scaled} from '../../model/int-or-percent.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import type {Finding, Rule} from '../finding.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import {nowOf, selectsAll, setReference, setText} from './parts.ts'

/** A deletion that has only just begun is nothing to worry about. */
const DELETION_SECONDS = 120

/** From here on the controller does nothing for the set, and its status is frozen. */
export const beingDeleted: Rule<DaemonSetSubject> = (subject) => {
  const {daemonSet} = subject
  const since = daemonSet.metadata?.deletionTimestamp
  if (!since) return undefined
  const finalizers = daemonSet.metadata?.finalizers ?? []
  const waits = finalizers.length > 0 ? `, and waits for finalizer ${finalizers.join(', ')}` : ''
  return {
    id: 'sts-being-deleted',
    severity: secondsBetween(since, nowOf(subject)) > DELETION_SECONDS ? 'error' : 'warning',
    message: `${setText(daemonSet)} is being deleted${waits}: the controller does nothing for it any more`,
    object: setReference(daemonSet),
    since,
    evidence: [`daemonset/${nameOf(daemonSet)} metadata.deletionTimestamp=${since}`],
    selfHealing: 'maybe',
    remedy: readSet(subject, 'see which of its Pods does not go, or whose finalizer it is', {
      danger: 'removing a finalizer by hand leaves Pods behind that nobody manages',
    }),
  }
}

export const selectingAll: Rule<DaemonSetSubject> = (subject) => {
  const {daemonSet} = subject
  if (!selectsAll(daemonSet.spec?.selector)) return undefined
  return {
    id: 'ds-selecting-all',
    severity: 'error',
    message: `${setText(daemonSet)} has an empty selector, which selects every Pod: the controller refuses to act`,
    object: setReference(daemonSet),
    evidence: [`daemonset/${nameOf(daemonSet)} spec.selector={}`],
    selfHealing: 'no',
    remedy: readSet(subject, 'make it anew with a selector: that of an existing set cannot be changed'),
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
    message: `${setText(daemonSet)} allows neither an unavailable nor a surplus Pod: the controller goes by maxUnavailable 1`,
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
  advice: string,
  more: {danger?: string} = {},
): Finding['remedy'] {
  const command = kubectl('get', 'ds', '-n', namespaceOf(daemonSet), nameOf(daemonSet), '-o', 'yaml')
  return {commands: [command], advice, danger: '', ...more, rung: 0}
}
