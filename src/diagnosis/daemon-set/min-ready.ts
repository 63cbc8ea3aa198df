import {nameOf, type Pod} from '../../model/objects.ts'
import {isAvailable, isReady, isTerminal} from '../../model/pod.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {secondsBetween} from '../patience.ts'
import {podReference} from '../pod/reference.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {livePods, nowOf} from './words.ts'

export const causes = {
  'ds-min-ready': {
    title: 'waiting until Pods count as available',
    applies: ['DaemonSet'],
    sign: 'Pods are ready, and `minReadySeconds` have not passed: `numberReady` is ahead of `numberAvailable`.',
    remedy: 'Wait.',
  },
} satisfies Causes

/** The first Pod on the node that should work and does not; failed ones have a rule of their own. */
function unavailablePod(subject: DaemonNodeSubject): Pod | undefined {
  const {state, daemonSet} = subject
  if (state !== 'NotReady' && state !== 'Running') return undefined
  const minReadySeconds = daemonSet.spec?.minReadySeconds ?? 0
  return livePods(subject)
    .filter((pod) => pod.spec?.nodeName && !isTerminal(pod))
    .find((pod) => !isAvailable(pod, minReadySeconds, nowOf(subject)))
}

/** Nothing is wrong: the Pod has to stay ready for a while before it counts. */
export const minReady: Rule<DaemonNodeSubject> = (subject) => {
  const pod = unavailablePod(subject)
  if (!pod || !isReady(pod)) return undefined
  const minReadySeconds = subject.daemonSet.spec?.minReadySeconds ?? 0
  const since = pod.status?.conditions?.find(({type}) => type === 'Ready')?.lastTransitionTime
  if (since === undefined) return undefined
  const left = Math.ceil(minReadySeconds - secondsBetween(since, nowOf(subject)))
  return {
    id: 'ds-min-ready',
    severity: 'info',
    message: `minReadySeconds ${minReadySeconds} is not over: Pod ${nameOf(pod)} on node ${subject.name} counts as available in ${left}s`,
    object: podReference(pod),
    since,
    evidence: [`pod/${nameOf(pod)} condition Ready=True, lastTransitionTime=${since}`],
    selfHealing: 'yes',
    remedy: null,
  }
}
