import {nameOf} from '../../model/objects.ts'
import {secondsBetween} from '../elapsed.ts'
import {firstCause, type Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {containersOf, containerText} from './containers-facts.ts'
import {conditionEvidence, eventEvidence, toldOf} from './containers-finding.ts'
import {leavingFinding} from './leaving-facts.ts'
import type {PodSubject} from './subject.ts'

/** `in 25s at the latest`; `any moment now`. */
function when({pod, now}: PodSubject): string {
  const left = Math.ceil(secondsBetween(now, pod.metadata?.deletionTimestamp))
  return left > 0 ? `in ${left}s at the latest` : 'any moment now'
}

/** Until its hook has ended a container is not even told to stop; all of it counts as grace period. */
const preStop: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const hooked = containersOf(pod).find(({spec, status}) => spec?.lifecycle?.preStop && status.state?.running)
  if (!hooked) return undefined
  const failed = toldOf(subject, 'FailedPreStopHook')
  return leavingFinding(subject, {
    id: 'term-prestop',
    severity: 'info',
    message: `${podText(pod)} is stopping and ends ${when(subject)}: ${containerText(hooked)} has a preStop hook${failed ? ', which failed' : ' to run first'}`,
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
  const text = grace === undefined ? '' : ` (grace period ${grace}s)`
  return leavingFinding(subject, {
    id: 'term-grace-period',
    severity: 'info',
    message: `${podText(pod)} is stopping and ends ${when(subject)}${text}`,
    evidence: [
      ...conditionEvidence(pod, 'DisruptionTarget'),
      ...eventEvidence(subject, toldOf(subject, 'Killing', /^Stopping container /i)),
    ],
    selfHealing: 'yes',
    remedy: null,
  })
}

/** Its time is not over. */
export const leavingGrace: Rule<PodSubject> = firstCause([preStop, gracePeriod])
