import {type Event, nameOf, type Pod} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import {isJoining, secondsBetween} from '../elapsed.ts'
import type {Finding, Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {quoted} from '../quoted.ts'
import {lastSeen, type PodSubject} from './subject.ts'
import {claimsOf} from './unscheduled-claims.ts'
import type {VolumeSaying} from './volumes-saying.ts'
import {SUMMARY, VOLUME_SAYINGS} from './volumes-sayings.ts'
import {describeWaiting, isOfThisLife, severityOnNode, volumeFinding} from './volumes-waiting.ts'

/** What the Pod's own events say; the specific one beats the summary that names the same volumes. */
export const byEvent: Rule<PodSubject> = (subject) => {
  const events = currentEvents(subject)
  const found = events.map((event) => ({event, saying: sayingOf(event)}))
  const [best] = found
    .flatMap(({event, saying}) => (saying ? [{event, saying}] : []))
    .toSorted((left, right) => rank(left.saying) - rank(right.saying))
  return best && said(subject, best.saying, best.event)
}

function sayingOf({reason = '', message = ''}: Event): VolumeSaying | undefined {
  return VOLUME_SAYINGS.find(({reasons, pattern}) => reasons.includes(reason) && pattern.test(message))
}

/** The order of the table, and a summary behind all others that fail. */
function rank(saying: VolumeSaying): number {
  return saying.id === SUMMARY ? VOLUME_SAYINGS.length : VOLUME_SAYINGS.indexOf(saying)
}

/** A failing mount is tried again every two minutes: what is that much older than the newest has passed. */
const STALE_SECONDS = 600

function currentEvents(subject: PodSubject): readonly Event[] {
  const mine = subject.events.filter((event) => isOfThisLife(event, subject.pod))
  const saying = mine.filter(
    (event) => sayingOf(event) && !isPast(event, mine) && !isAttached(event, subject),
  )
  const newest = saying.map(lastSeen).toSorted().at(-1)
  return saying.filter(
    (event) => !(secondsBetween(lastSeen(event), newest) > STALE_SECONDS) || isSaidOnce(event),
  )
}

/** The controller says once, not each time that it looks, that a volume is held elsewhere. */
function isSaidOnce(event: Event): boolean {
  return sayingOf(event)?.id.startsWith('attach-multi-') ?? false
}

/** Comes only after all volumes are mounted. */
const LATER = ['FailedCreatePodSandBox', 'Pulling', 'Pulled', 'Created', 'Started', 'BackOff', 'Failed']

/** Something later went on from there: the same volume was attached, or all of them mounted. */
function isPast(event: Event, events: readonly Event[]): boolean {
  const volume = volumeOf(event)
  return events.some((each) => {
    if (lastSeen(each) < lastSeen(event)) return false
    if (each.reason === 'SuccessfulAttachVolume')
      return event.reason === 'FailedAttachVolume' && volume !== undefined && volumeOf(each) === volume
    return LATER.includes(each.reason ?? '')
  })
}

/** The objects know better: the volume that could not be attached is. */
function isAttached(event: Event, subject: PodSubject): boolean {
  if (event.reason !== 'FailedAttachVolume') return false
  const {pod, relations} = subject
  return claimsOf(subject)
    .filter(({volume}) => volume && nameOf(volume) === volumeOf(event))
    .flatMap(({volume}) => relations.attachmentsOf(nameOf(volume ?? {})))
    .some(
      ({metadata, spec, status}) =>
        spec?.nodeName === pod.spec?.nodeName && status?.attached && !metadata?.deletionTimestamp,
    )
}

function volumeOf({message = ''}: Event): string | undefined {
  return /for volume "([^"]*)"/i.exec(message)?.[1]
}

function said(subject: PodSubject, saying: VolumeSaying, event: Event): Finding {
  const {pod, node, now} = subject
  const {id, selfHealing, advice, danger = ''} = saying
  const isRegistering = id === 'mount-csi-driver-not-registered' && isJoining(node, now)
  const verb = selfHealing === 'yes' ? 'waits' : "can't start"
  return volumeFinding(subject, {
    id,
    severity: isRegistering ? 'info' : severityOnNode(subject, saying.severity),
    message: `${podText(pod)} ${verb} on node ${pod.spec?.nodeName}: ${quoted(event.message ?? event.reason ?? '')}`,
    since: event.firstTimestamp ?? event.metadata?.creationTimestamp,
    evidence: [
      `event ${event.reason} ×${event.count ?? 1} on pod/${nameOf(pod)}, last seen ${lastSeen(event) || '<none>'}`,
    ],
    selfHealing,
    remedy: {commands: commandsFor(pod, event), advice, danger, rung: 0},
  })
}

/** Where to look first. */
function commandsFor(pod: Pod, event: Event): readonly string[] {
  const isAboutAttaching = event.reason === 'FailedAttachVolume'
  const isAboutDriver = /registered CSI drivers/i.test(event.message ?? '')
  return [
    describeWaiting(pod),
    ...(isAboutAttaching ? [kubectl('get', 'volumeattachment', '-o', 'wide')] : []),
    ...(isAboutDriver ? [kubectl('get', 'csinode', pod.spec?.nodeName ?? '', '-o', 'yaml')] : []),
  ]
}
