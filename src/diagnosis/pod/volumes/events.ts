import {lastSeen} from '../../../model/events.ts'
import {type Event, nameOf, type Pod} from '../../../model/objects.ts'
import {withoutUids} from '../../../model/without-uids.ts'
import type {Finding, Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {isJoining} from '../../node-trouble.ts'
import {LAST_TOLD_SECONDS, secondsBetween} from '../../patience.ts'
import {quotedInProof} from '../../words.ts'
import {describePod} from '../finding.ts'
import {choice} from '../scheduling/choice.ts'
import {claimsOf} from '../scheduling/mounted-claims.ts'
import type {PodSubject} from '../subject.ts'
import {VOLUME_MESSAGES} from './all-messages.ts'
import {driverMissing} from './driver-missing.ts'
import type {KnownVolumeMessage} from './known-message.ts'
import {notStartedMessage, severityOnNode, volumeFinding} from './waiting.ts'

/** What the Pod's own events say; the specific one beats the summary that names the same volumes. */
export const byEvent: Rule<PodSubject> = (subject) => {
  const events = currentEvents(subject)
  const found = events.map((event) => ({event, known: knownMessage(event)}))
  const [best] = found
    .flatMap(({event, known}) => (known ? [{event, known}] : []))
    .toSorted((left, right) => rank(left.known) - rank(right.known))
  return best && said(subject, best.known, best.event)
}

function knownMessage({reason = '', message = ''}: Event): KnownVolumeMessage | undefined {
  return VOLUME_MESSAGES.find(({reasons, pattern}) => reasons.includes(reason) && pattern.test(message))
}

/** The order of the table, and a summary behind all others that fail. */
function rank(known: KnownVolumeMessage): number {
  return known.isSummary ? VOLUME_MESSAGES.length : VOLUME_MESSAGES.indexOf(known)
}

function currentEvents(subject: PodSubject): readonly Event[] {
  const {events} = subject
  const matching = events.filter(
    (event) => knownMessage(event) && !isPast(event, events) && !isAttached(event, subject),
  )
  const newest = matching.map(lastSeen).toSorted().at(-1)
  return matching.filter(
    (event) => !(secondsBetween(lastSeen(event), newest) > LAST_TOLD_SECONDS) || isSaidOnce(event),
  )
}

/** The controller says once, not each time that it looks, that a volume is attached elsewhere. */
function isSaidOnce(event: Event): boolean {
  return knownMessage(event)?.isSaidOnce ?? false
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

function said(subject: PodSubject, known: KnownVolumeMessage, event: Event): Finding {
  const {pod, node, now, relations} = subject
  const {id, selfHealing, isRegisteredLate, ways, rung = 0} = known
  const missing = driverMissing(event.message, pod.spec?.nodeName ?? '', relations)
  const isRegistering = isRegisteredLate && isJoining(node, now)
  const message = event.message ?? ''
  const cause = missing
    ? `storage driver ${missing.driver} is not registered on the node${missing.why}`
    : known.words(message)
  return volumeFinding(subject, {
    id,
    severity: isRegistering
      ? 'info'
      : selfHealing === 'no'
        ? known.severity
        : severityOnNode(subject, known.severity),
    message: notStartedMessage(subject, cause, selfHealing === 'yes'),
    ...(missing?.blames && {blames: missing.blames}),
    since: event.firstTimestamp ?? event.metadata?.creationTimestamp,
    evidence: [
      `pod/${nameOf(pod)} event ${event.reason} ×${event.count ?? 1}, last seen ${lastSeen(event) || '<none>'}: ${quotedInProof(withoutUids(message))}`,
      ...(missing?.evidence ?? []),
    ],
    selfHealing,
    remedy: {
      ...choice(
        [...commandsFor(pod, event), ...(missing?.commands ?? [])],
        missing ? [missing.advice] : ways,
        missing ? {} : known,
      ),
      rung,
    },
  })
}

/** Where to look first. */
function commandsFor(pod: Pod, event: Event): readonly string[] {
  const isAboutAttaching = event.reason === 'FailedAttachVolume'
  return [describePod(pod), ...(isAboutAttaching ? [kubectl('get', 'volumeattachment', '-o', 'wide')] : [])]
}
