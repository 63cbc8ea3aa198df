import {containersOf, type End, lastEnd, type PodContainer} from '../../../model/containers.ts'
import {lastSeen} from '../../../model/events.ts'
import {type Event, nameOf} from '../../../model/objects.ts'
import {CRASH_FORGOTTEN_SECONDS, MANY_RESTARTS, secondsBetween} from '../../patience.ts'
import {fewText, quoted, quotedInProof} from '../../words.ts'
import {unreadySince} from '../finding.ts'
import type {PodSubject} from '../subject.ts'

/** It waits for its next try, or has been tried again and again of late. */
export function isCrashing({status}: PodContainer, {pod, now}: PodSubject): boolean {
  if (status.state?.waiting?.reason === 'CrashLoopBackOff') return true
  const count = status.restartCount ?? 0
  if (status.ready || count === 0) return false
  if ((status.state?.terminated?.exitCode ?? 0) !== 0) return true
  if (count < MANY_RESTARTS) return false
  // where nothing dates its last end, that it runs does
  const ended =
    status.state?.terminated?.finishedAt ??
    status.lastState?.terminated?.finishedAt ??
    status.state?.running?.startedAt
  return secondsBetween(ended ?? unreadySince(pod), now) <= CRASH_FORGOTTEN_SECONDS || !ended
}

/** Of storage drivers: they end when they do not reach the driver, the other container of their Pod. */
const HELPER =
  /(?:^|\/)(?:csi-)?(?:node-driver-registrar|liveness-?probe|attacher|provisioner|resizer|snapshotter)(?:[:@]|$)/

/** Of those that run side by side, what others need first: init containers have rules of their own. */
function allCrashing(subject: PodSubject): readonly PodContainer[] {
  return containersOf(subject.pod)
    .filter((each) => each.role !== 'init' && isCrashing(each, subject))
    .toSorted((left, right) => Number(isHelper(left)) - Number(isHelper(right)))
}

function isHelper({spec}: PodContainer): boolean {
  return HELPER.test(spec?.image ?? '')
}

export function crashing(subject: PodSubject): PodContainer | undefined {
  return allCrashing(subject)[0]
}

/** `b and c crash as well`, of more than one. */
export function othersText(subject: PodSubject, container: PodContainer): string {
  const names = allCrashing(subject)
    .filter(({name}) => name !== container.name)
    .map(({name}) => name)
  return names.length === 0 ? '' : `${fewText(names)} ${names.length > 1 ? 'crash' : 'crashes'} as well`
}

const SIGNALS: Readonly<Record<number, string>> = {
  126: 'not executable',
  127: 'no such command',
  137: 'SIGKILL',
  139: 'SIGSEGV',
  143: 'SIGTERM',
}

/** `exit code 137/SIGKILL, reason Error`. */
function endText(end: End | undefined): string {
  if (!end) return 'how it terminated is not known'
  const meaning = SIGNALS[end.exitCode] ? `/${SIGNALS[end.exitCode]}` : ''
  const reason = end.reason ? `, reason ${quoted(end.reason)}` : ''
  return `exit code ${end.exitCode ?? '<unknown>'}${meaning}${reason}`
}

/** ` with exit code 1`; ` with exit code 139, SIGSEGV`; nothing where no code is known. */
export function exitText(end: End | undefined): string {
  if (end?.exitCode === undefined) return ''
  const meaning = SIGNALS[end.exitCode]
  return ` with exit code ${end.exitCode}${meaning ? `, ${meaning}` : ''}`
}

export function restartsText({status}: PodContainer): string {
  const count = status.restartCount ?? 0
  return count === 0 ? 'not restarted yet' : `restarted ${count} ${count === 1 ? 'time' : 'times'}`
}

/** Its last end and what it waits for now, field by field. */
export function crashEvidence({pod}: PodSubject, container: PodContainer): readonly string[] {
  const {state, lastState} = container.status
  const of = `pod/${nameOf(pod)} container ${container.name}`
  const end = lastEnd(container)
  const where = state?.terminated ? 'state' : 'lastState'
  const finished = end?.finishedAt ? `, finishedAt=${end.finishedAt}` : ''
  const waiting = state?.waiting
  return [
    ...(end ? [`${of} ${where}.terminated: ${endText(end)}${finished}${saidAt(end)}`] : []),
    ...(waiting?.reason
      ? [
          `${of} state.waiting: ${[waiting.reason, waiting.message]
            .filter(Boolean)
            .map((each) => quotedInProof(each?.replace(WHOSE, '')))
            .join(': ')}`,
        ]
      : []),
    ...(end || lastState?.terminated || waiting?.reason
      ? []
      : [`${of} restartCount=${container.status.restartCount}`]),
  ]
}

/** What the kubelet adds to its back-off: the names of the container and of the Pod. */
const WHOSE = / restarting failed container=.*$/

function saidAt({message}: End): string {
  return message ? `: ${quotedInProof(message)}` : ''
}

/** Container and probe of a `Killing` event: that of 1.13 and later, and those before. */
const KILLING = [
  /^(?:Init )?container (\S+) failed (liveness|startup) probe/i,
  /with id \w+:\/\/([^:\s]+):.*failed (liveness|startup) probe/i,
  /with id \w+:\/\/([^:\s]+):.*is unhealthy/i,
]

function killedBy({reason, message = ''}: Event, container: string): 'liveness' | 'startup' | undefined {
  if (reason !== 'Killing') return undefined
  const match = KILLING.map((pattern) => pattern.exec(message)).find((each) => each !== null)
  if (!match || match[1] !== container) return undefined
  return match[2]?.toLowerCase() === 'startup' ? 'startup' : 'liveness'
}

/** The probe for whose failures the kubelet killed the container last, and the events that say so. */
export function killingProbe(
  subject: PodSubject,
  container: PodContainer,
): {readonly probe: 'liveness' | 'startup'; readonly events: readonly Event[]} | undefined {
  const end = lastEnd(container)
  const ofThatRun = subject.events.filter((event) => !(secondsBetween(end?.startedAt, lastSeen(event)) < 0))
  const killing = ofThatRun.find((event) => killedBy(event, container.name))
  const probe = killing ? killedBy(killing, container.name) : onlySuspect(subject, container, ofThatRun)
  if (!probe) return undefined
  const unhealthy = ofThatRun.find((event) => isFailureOf(event, probe))
  return {probe, events: [unhealthy, killing].filter((each) => each !== undefined)}
}

function isFailureOf({reason, message}: Event, probe: string): boolean {
  return reason === 'Unhealthy' && new RegExp(`^${probe} probe (?:failed|errored)`, 'i').test(message ?? '')
}

/** The kubelet stops what fails its probe with SIGTERM, then SIGKILL. */
const STOPPED: readonly unknown[] = [137, 143]

/** Without `Killing`: a failed probe names no container, and counts only where no other could be meant. */
function onlySuspect({pod}: PodSubject, container: PodContainer, events: readonly Event[]) {
  if (!STOPPED.includes(lastEnd(container)?.exitCode)) return undefined
  return (['startup', 'liveness'] as const).find((probe) => {
    const having = containersOf(pod).filter(({spec}) => spec?.[`${probe}Probe`])
    const threshold = container.spec?.[`${probe}Probe`]?.failureThreshold ?? 3
    const failed = events.find((event) => isFailureOf(event, probe))
    return (
      having.length === 1 && having[0]?.name === container.name && (failed?.count ?? 1) >= threshold && failed
    )
  })
}
