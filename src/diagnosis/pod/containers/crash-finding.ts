import type {PodContainer} from '../../../model/containers.ts'
import type {Finding, Severity} from '../../finding.ts'
import {pressures} from '../../node-trouble.ts'
import {inParentheses} from '../../words.ts'
import {describePod, logsOf, type PodFinding, podFinding, severityOn, unreadySince} from '../finding.ts'
import {type Help, remedyBy} from '../help.ts'
import type {PodSubject} from '../subject.ts'
import {crashEvidence, othersText, restartsText} from './crash-facts.ts'

/** What is said of one kind of crash; what all of them share is filled in. */
interface Crash extends Pick<PodFinding, 'id'> {
  readonly severity: Severity
  /** The sentence; in parentheses behind it stand `notes`, and how often the container was restarted. */
  readonly message: string
  readonly notes?: readonly string[]
  readonly help: Help
  readonly selfHealing?: Finding['selfHealing']
  readonly evidence?: readonly string[]
  /** Further commands that change nothing. */
  readonly look?: readonly string[]
  /** There is nothing to read of one that never ran, or that nobody watched. */
  readonly isMute?: boolean
}

export function crashFinding(subject: PodSubject, container: PodContainer, crashed: Crash): Finding {
  const {pod} = subject
  const {id, message, notes = [], severity, help, selfHealing = 'maybe', evidence = [], look = []} = crashed
  const logs = crashed.isMute ? [] : [logsOf(pod, container.name, true)]
  return podFinding(subject, {
    id,
    message: message + inParentheses(...notes, restartsText(container), othersText(subject, container)),
    severity: severityOn(subject, severity),
    since: unreadySince(pod),
    evidence: [...crashEvidence(subject, container), ...evidence, ...pressures(subject.node)],
    selfHealing,
    remedy: remedyBy(subject, [...logs, describePod(pod), ...look], help),
  })
}
