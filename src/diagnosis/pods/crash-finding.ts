import type {Finding, Severity} from '../finding.ts'
import {podText} from '../pod.ts'
import {containerText, type PodContainer} from './containers-facts.ts'
import {
  afterEdit,
  type Cause,
  describePod,
  logsOf,
  look,
  podFinding,
  severityOn,
  unreadySince,
} from './containers-finding.ts'
import {crashEvidence} from './crash-facts.ts'
import type {PodSubject} from './subject.ts'

/** What is said of one kind of crash; what all of them share is filled in. */
interface Crash extends Pick<Cause, 'id' | 'message'> {
  readonly severity: Severity
  readonly advice: string
  readonly selfHealing?: Finding['selfHealing']
  readonly evidence?: readonly string[]
  /** There is nothing to read of one that never ran, or that nobody watched. */
  readonly isMute?: boolean
}

export function crashFinding(subject: PodSubject, container: PodContainer, crashed: Crash): Finding {
  const {pod} = subject
  const {id, message, advice, severity, selfHealing = 'maybe', evidence = [], isMute} = crashed
  return podFinding(subject, {
    id,
    message: `${podText(pod)}: ${containerText(container)} ${message}`,
    severity: severityOn(subject, severity),
    since: unreadySince(pod),
    evidence: [...crashEvidence(subject, container), ...evidence],
    selfHealing,
    remedy: look(
      [...(isMute ? [] : [logsOf(pod, container.name, true)]), describePod(pod)],
      advice + (selfHealing === 'yes' ? '' : afterEdit(subject)),
    ),
  })
}
