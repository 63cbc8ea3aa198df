import {nameOf} from '../../model/objects.ts'
import {secondsBetween} from '../elapsed.ts'
import {firstCause, type Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {containersOf, containerText, hasNotStarted} from './containers-facts.ts'
import {boundSince, eventEvidence, ownEvents, podFinding, whileUnready} from './containers-finding.ts'
import {imagePull} from './image-pull.ts'
import {waitingImage} from './image-waiting.ts'
import {lastSeen, type PodSubject} from './subject.ts'

const PULLING = /^Pulling image "(.*)"$/i

/** The image that is being pulled since the kubelet last said anything about it. */
function pulling(subject: PodSubject) {
  const events = ownEvents(subject)
  return events.find((event) => {
    const [, image] = event.reason === 'Pulling' ? (PULLING.exec(event.message ?? '') ?? []) : []
    return (
      image !== undefined &&
      !events.some(
        (each) =>
          (each.reason === 'Pulled' || each.reason === 'Failed') &&
          each.message?.includes(`"${image}"`) &&
          !(secondsBetween(lastSeen(each), lastSeen(event)) > 0),
      )
    )
  })
}

/** Big images take minutes, and a kubelet pulls one after the other unless told otherwise. */
const slowPull: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const event = pulling(subject)
  const [, image = ''] = PULLING.exec(event?.message ?? '') ?? []
  const waiting = containersOf(pod).find(
    ({spec, status}) => !status.state?.running && !status.state?.terminated && spec?.image === image,
  )
  if (!event || (!waiting && !hasNotStarted(pod))) return undefined
  const whom = waiting ? ` for ${containerText(waiting)}` : ''
  return podFinding(subject, {
    id: 'image-slow-pull',
    severity: 'info',
    message: `${podText(pod)} is pulling image ${image}${whom} on node ${pod.spec?.nodeName}`,
    since: lastSeen(event) || boundSince(pod),
    evidence: [...eventEvidence(subject, event), `pod/${nameOf(pod)} has no later event Pulled or Failed`],
    selfHealing: 'yes',
    remedy: null,
  })
}

/** What keeps a container without its image, init containers included. */
export const image: Rule<PodSubject> = whileUnready(firstCause([imagePull, waitingImage, slowPull]))
