import {containersOf, type End, lastEnd, type PodContainer} from '../../../model/containers.ts'
import {lastSeen} from '../../../model/events.ts'
import {nameOf} from '../../../model/objects.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {secondsBetween} from '../../patience.ts'
import {capitalised} from '../../words.ts'
import {describeNode, eventEvidence, toldOf} from '../finding.ts'
import type {Help} from '../help.ts'
import {containerOf} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {TEMPLATE_RISK} from '../template-fix.ts'
import {crashing, exitText} from './crash-facts.ts'
import {crashFinding} from './crash-finding.ts'
import {killedByProbe} from './crash-probe.ts'
import {because, lastWords} from './last-words.ts'
import {statusUnknown} from './status-unknown.ts'
import {HOOK_ERROR, HOOK_FIX, RUN_ERROR, RUN_FIX} from './waiting-reasons.ts'

export const causes = {
  'crash-loop': {
    title: 'container crashes again and again',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The container waits with `CrashLoopBackOff`, or has been restarted many times. The kubelet waits ten seconds at first and up to five minutes between attempts.',
    remedy:
      '`kubectl logs <pod> -c <container> --previous` shows what it said last; `lastState.terminated` has its exit code. Fix what it names, outside of the Pod or in the template. In an ordered StatefulSet delete the Pod after the edit.',
    risk: TEMPLATE_RISK,
  },
  'crash-oom': {
    title: 'container runs out of memory',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: '`lastState.terminated.reason` is `OOMKilled`, with exit code 137. The container used more than its own limit, or the node ran out. Exit code 137 alone is no proof.',
    remedy:
      'Raise its memory limit, or fix what uses up the memory. In an ordered StatefulSet delete the Pod after the edit.',
    risk: TEMPLATE_RISK,
    riskWhen: 'the container has a limit of its own to be raised',
  },
  'crash-completed': {
    title: 'process ends when it should run',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The container restarts, and `lastState.terminated.reason` is `Completed` with exit code 0: nothing failed, the process was simply done.',
    remedy: 'Make the process stay in the foreground; look at `command` and `args`.',
    risk: TEMPLATE_RISK,
  },
} satisfies Causes

/** 137 alone would prove nothing: only the reason tells who sent SIGKILL. */
const outOfMemory: Rule<PodSubject> = (subject) => {
  const container = crashing(subject)
  const end = container && lastEnd(container)
  if (!container || end?.reason !== 'OOMKilled') return undefined
  const limit = container.spec?.resources?.limits?.memory
  const {pod} = subject
  return crashFinding(subject, container, {
    id: 'crash-oom',
    severity: 'error',
    message: `Memory ran out, and ${containerOf(container, pod)} was killed`,
    notes: [limit ? `limit ${limit}` : 'no limit of its own'],
    evidence: limit ? [`pod/${nameOf(pod)} container ${container.name} limits.memory=${limit}`] : [],
    look: limit || !pod.spec?.nodeName ? [] : [describeNode(pod.spec.nodeName)],
    help: limit ? withLimit(limit) : NO_LIMIT,
  })
}

function withLimit(limit: string): Help {
  return {
    acts: ['if it uses more memory than it should, fix that: a leak, a cache, too much work at once'],
    what: `if it needs more, raise limits.memory (now ${limit})`,
  }
}

const NO_LIMIT: Help = {
  acts: ['raise the memory limit of the whole Pod where it has one, or make room for it on its node'],
}

/** What a runtime says of a container that it created and could not start. */
const UNSTARTED: readonly unknown[] = ['StartError', 'ContainerCannotRun']

const cannotRun: Rule<PodSubject> = (subject) => {
  const container = crashing(subject)
  const end = container && lastEnd(container)
  if (!container || !UNSTARTED.includes(end?.reason)) return undefined
  const words = lastWords(subject, end?.message, true)
  return crashFinding(subject, container, {
    id: RUN_ERROR,
    severity: 'error',
    message: because(words, `${containerOf(container, subject.pod)} can't be started`),
    selfHealing: 'no',
    isMute: true,
    help: words?.help ?? RUN_FIX,
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
    id: HOOK_ERROR,
    severity: 'warning',
    message: `The postStart hook of ${containerOf(container, subject.pod)} fails, which kills the container`,
    evidence: eventEvidence(subject, event),
    help: HOOK_FIX,
  })
}

/** A process that goes to the background, or a task that is done, ends well and is started again and again. */
const completed: Rule<PodSubject> = (subject) => {
  const container = crashing(subject)
  const end = container && lastEnd(container)
  if (!container || !end || end.exitCode !== 0) return undefined
  return crashFinding(subject, container, {
    id: 'crash-completed',
    severity: 'warning',
    message: `${capitalised(containerOf(container, subject.pod))} ends without an error where it should run on`,
    notes: ['exit code 0'],
    selfHealing: 'no',
    help: {acts: [], what: FOREGROUND},
  })
}

const FOREGROUND =
  'keep its process in the foreground (command, args), or move a task that ends into a Job or an init container,'

const ownCrash: Rule<PodSubject> = (subject) => {
  const container = crashing(subject)
  if (!container) return undefined
  const end = lastEnd(container)
  const words = lastWords(subject, end?.message)
  const crashes = `${containerOf(container, subject.pod)} crashes${exitText(end)}`
  return crashFinding(subject, container, {
    id: 'crash-loop',
    severity: 'error',
    message: because(words, crashes),
    notes: unknownText(end),
    evidence: backOffEvidence(subject, container),
    help: words?.help ?? CRASH_FIX,
  })
}

/** What nothing tells of how it terminated. */
function unknownText(end: End | undefined): readonly string[] {
  if (!end) return ['how it terminated is not known']
  return end.exitCode === 137 ? ['what killed it is not known'] : []
}

const CRASH_FIX: Help = {
  acts: ['if the fault is outside of the Pod, fix it: it restarts within 5m'],
  what: 'else fix it',
}

/** Where the container itself does not say that it waits for its next try. */
function backOffEvidence(subject: PodSubject, {status}: PodContainer): readonly string[] {
  return status.state?.waiting?.message
    ? []
    : eventEvidence(subject, toldOf(subject, 'BackOff', /restarting failed container/i))
}

/** Why a main container ends again and again: who killed it comes before how it terminated. */
export const crash: Rule<PodSubject> = firstCause([
  outOfMemory,
  cannotRun,
  killedByProbe(crashing),
  hookFailed,
  statusUnknown,
  completed,
  ownCrash,
])
