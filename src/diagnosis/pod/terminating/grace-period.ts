import {containersOf} from '../../../model/containers.ts'
import {nameOf} from '../../../model/objects.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {secondsBetween} from '../../patience.ts'
import {inParentheses} from '../../words.ts'
import {conditionEvidence, eventEvidence, toldOf} from '../finding.ts'
import {containerOf} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {terminatingFinding} from './facts.ts'

export const causes = {
  'term-grace-period': {
    title: 'Pod is still shutting down',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The Pod has a `deletionTimestamp` and containers that run. Until that time it is within its grace period; beyond it, with nothing else to be seen, stopping or unmounting takes too long.',
    remedy:
      'Wait until the time in `deletionTimestamp`. If it is long past, read the log of the kubelet on the node.',
    avoid: 'force the Pod away: the next one starts while this one may still run and write',
  },
  'term-prestop': {
    title: 'preStop hook is still running',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The Pod has a `deletionTimestamp` that is not yet past, and a container with `lifecycle.preStop`. The hook and the process share one grace period. `FailedPreStopHook` says that the hook failed.',
    remedy: 'Wait; look at the hook if it fails or always uses up the whole time.',
  },
} satisfies Causes

export const GRACE_PERIOD = 'term-grace-period' satisfies keyof typeof causes

/** `within 25s`; `any moment now`. */
function when({pod, now}: PodSubject): string {
  const left = Math.ceil(secondsBetween(now, pod.metadata?.deletionTimestamp))
  return left > 0 ? `within ${left}s` : 'any moment now'
}

/** Until its hook is done a container does not even get its stop signal; all of it counts as grace period. */
const preStop: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const hooked = containersOf(pod).find(({spec, status}) => spec?.lifecycle?.preStop && status.state?.running)
  if (!hooked) return undefined
  const failed = toldOf(subject, 'FailedPreStopHook')
  return terminatingFinding(subject, {
    id: 'term-prestop',
    severity: 'info',
    message: `The preStop hook of ${containerOf(hooked, pod)} ${failed ? 'failed' : 'runs first'}, and the Pod ends ${when(subject)}`,
    evidence: [
      `pod/${nameOf(pod)} container ${hooked.name} lifecycle.preStop`,
      ...eventEvidence(subject, failed),
    ],
    selfHealing: 'yes',
    remedy: null,
  })
}

const gracePeriod: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const grace = pod.metadata?.deletionGracePeriodSeconds
  const text = grace === undefined ? undefined : `grace period ${grace}s`
  return terminatingFinding(subject, {
    id: GRACE_PERIOD,
    severity: 'info',
    message: `${nameOf(pod)} is terminating and ends ${when(subject)}${inParentheses(text)}`,
    evidence: [
      ...conditionEvidence(pod, 'DisruptionTarget'),
      ...eventEvidence(subject, toldOf(subject, 'Killing', /^Stopping container /i)),
    ],
    selfHealing: 'yes',
    remedy: null,
  })
}

/** Its time is not over. */
export const terminatingGrace: Rule<PodSubject> = firstCause([preStop, gracePeriod])
