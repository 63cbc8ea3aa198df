import {containersOf} from '../../../model/containers.ts'
import {nameOf} from '../../../model/objects.ts'
import {rowsOf} from '../../cause.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {
  describePod,
  eventEvidence,
  podFinding,
  saidText,
  severityOn,
  toldOf,
  unreadySince,
  whileUnready,
} from '../finding.ts'
import {remedyBy} from '../help.ts'
import {containerOf} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {crash} from './crash.ts'
import {because, lastWords} from './last-words.ts'
import {causes, type Waiting} from './waiting-reasons.ts'

const ROWS = rowsOf<Waiting>(causes)

/** The event that says it, too, where it says more than the container. */
function told(subject: PodSubject, {event}: Waiting, message: string) {
  const found = event ? toldOf(subject, event) : toldOf(subject, 'Failed', /^Error: /)
  return message && found?.message?.includes(message) ? undefined : found
}

/** The first container, init containers first, whose state the table knows. */
const waiting: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  for (const container of containersOf(pod)) {
    const {reason = '', message = ''} = container.status.state?.waiting ?? {}
    const known = ROWS.find((each) => each.reason.test(reason) && each.message.test(message))
    if (!known) continue
    const words = known.isRuntime ? lastWords(subject, message, true) : undefined
    const help = words?.help ?? known.help
    return podFinding(subject, {
      id: known.id,
      severity: known.selfHealing === 'no' ? known.severity : severityOn(subject, known.severity),
      message: because(words, known.text(containerOf(container, pod), message)),
      since: unreadySince(pod),
      evidence: [
        `pod/${nameOf(pod)} container ${container.name} state.waiting.reason=${reason}${saidText(message)}`,
        ...eventEvidence(subject, told(subject, known, message)),
      ],
      selfHealing: known.selfHealing,
      remedy: remedyBy(subject, [describePod(pod)], help),
    })
  }
  return undefined
}

/** What keeps a container from running, or makes it end. */
export const containers: Rule<PodSubject> = whileUnready(firstCause([waiting, crash]))
