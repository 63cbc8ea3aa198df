import {nameOf} from '../../model/objects.ts'
import {secondsBetween} from '../elapsed.ts'
import {firstCause, type Rule} from '../finding.ts'
import {containersOf, lastEnd} from './containers-facts.ts'
import {eventEvidence, saying, toldOf} from './containers-finding.ts'
import {crashing, endText, FORGOTTEN_SECONDS, restartsText} from './crash-facts.ts'
import {crashFinding} from './crash-finding.ts'
import {killedByProbe} from './crash-probe.ts'
import {lastSeen, type PodSubject} from './subject.ts'

/** 137 alone would prove nothing: only the reason tells who sent SIGKILL. */
const outOfMemory: Rule<PodSubject> = (subject) => {
  const container = crashing(subject)
  const end = container && lastEnd(container)
  if (!container || end?.reason !== 'OOMKilled') return undefined
  const limit = container.spec?.resources?.limits?.memory
  return crashFinding(subject, container, {
    id: 'crash-oom',
    severity: 'error',
    message: `was killed for want of memory (${endText(end)}), and ${restartsText(container)}`,
    evidence: limit ? [`pod/${nameOf(subject.pod)} container ${container.name} limits.memory=${limit}`] : [],
    advice: limit
      ? `mend the leak, or raise limits.memory (now ${limit})`
      : 'it has no memory limit of its own: mind the limit of the Pod and the memory of the node',
  })
}

/** What a runtime says of a container that it made and could not start. */
const UNSTARTED: readonly unknown[] = ['StartError', 'ContainerCannotRun']

const cannotRun: Rule<PodSubject> = (subject) => {
  const container = crashing(subject)
  const end = container && lastEnd(container)
  if (!container || !UNSTARTED.includes(end?.reason)) return undefined
  return crashFinding(subject, container, {
    id: 'container-run-error',
    severity: 'error',
    message: `can't be started${saying(end?.message)}`,
    selfHealing: 'no',
    isMute: true,
    advice: 'correct its command, its arguments or its image (is the program there, and executable?)',
  })
}

/** The hook is over before the container is looked at again: only the event and the back-off are left. */
const hookFailed: Rule<PodSubject> = (subject) => {
  const container = crashing(subject)
  const event = toldOf(subject, 'FailedPostStartHook')
  const isOld = container && secondsBetween(lastEnd(container)?.startedAt, event && lastSeen(event)) < 0
  if (
    !container ||
    !event ||
    isOld ||
    containersOf(subject.pod).filter(({role}) => role === 'main').length > 1
  )
    return undefined
  return crashFinding(subject, container, {
    id: 'container-hook-error',
    severity: 'warning',
    message: `is ended because its postStart hook fails, and ${restartsText(container)}`,
    evidence: eventEvidence(subject, event),
    advice: "see the hook's command or request, and what it needs to be there that early",
  })
}

/** A process that goes to the background, or a task that is done, ends well and is started again for ever. */
const completed: Rule<PodSubject> = (subject) => {
  const container = crashing(subject)
  const end = container && lastEnd(container)
  if (!container || !end || end.exitCode !== 0) return undefined
  return crashFinding(subject, container, {
    id: 'crash-completed',
    severity: 'warning',
    message: `ends without an error (${endText(end)}), and ${restartsText(container)}`,
    selfHealing: 'no',
    advice: 'its process must stay in the foreground; a task that ends belongs in a Job or an init container',
  })
}

/** After a restart of the node or of its kubelet nobody knows how the container ended. */
const statusUnknown: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const container = containersOf(pod).find((each) => lastEnd(each)?.reason === 'ContainerStatusUnknown')
  if (!container || container.status.ready || container.role === 'init') return undefined
  const startedAt = container.status.state?.running?.startedAt
  // what keeps it from being ready for so long since is something else
  if (secondsBetween(startedAt, subject.now) > FORGOTTEN_SECONDS) return undefined
  return crashFinding(subject, container, {
    id: 'container-status-unknown',
    severity: 'warning',
    message: `was lost sight of when its node or its kubelet restarted (${endText(lastEnd(container))}: no crash of its own)`,
    selfHealing: 'yes',
    isMute: true,
    advice: 'wait: it is started again; if it is not, see its node',
  })
}

const ownCrash: Rule<PodSubject> = (subject) => {
  const container = crashing(subject)
  if (!container) return undefined
  const end = lastEnd(container)
  const by = end?.exitCode === 137 ? ', by whom is not known' : ''
  return crashFinding(subject, container, {
    id: 'crash-loop',
    severity: 'error',
    message: `crashes (${endText(end)}${by}${saying(end?.message)}), and ${restartsText(container)}`,
    evidence: eventEvidence(subject, toldOf(subject, 'BackOff', /restarting failed container/i)),
    advice: 'see what it said before it ended; the kubelet starts it again, at most 5m apart',
  })
}

/** Why a main container ends again and again: who ended it comes before how it ended. */
export const crash: Rule<PodSubject> = firstCause([
  outOfMemory,
  cannotRun,
  killedByProbe(crashing),
  hookFailed,
  statusUnknown,
  completed,
  ownCrash,
])
