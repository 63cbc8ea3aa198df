import {containersOf, hasNotStarted} from '../../../model/containers.ts'
import {lastSeen} from '../../../model/events.ts'
import {nameOf} from '../../../model/objects.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Rule} from '../../finding.ts'
import {secondsBetween} from '../../patience.ts'
import {boundSince, eventEvidence, podFinding, whileUnready} from '../finding.ts'
import {inContainer} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {imagePull} from './pull.ts'
import {waitingImage} from './waiting.ts'

export const causes = {
  'image-slow-pull': {
    title: 'image is still being pulled',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'An event `Pulling` has come, neither `Pulled` nor `Failed` has, and the container waits with `ContainerCreating`.',
    remedy: 'Wait. The image is large, the way is slow, or other pulls on the node come first.',
  },
} satisfies Causes

const PULLING = /^Pulling image "(.*)"$/i

/** The image that is being pulled since the kubelet last said anything about it. */
function pulling(subject: PodSubject) {
  const events = subject.events
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
  return podFinding(subject, {
    id: 'image-slow-pull',
    severity: 'info',
    message: `Image ${image} is still being pulled on node ${pod.spec?.nodeName} (${waiting ? inContainer(waiting, pod) : nameOf(pod)})`,
    since: lastSeen(event) || boundSince(pod),
    evidence: [...eventEvidence(subject, event), `pod/${nameOf(pod)} has no later event Pulled or Failed`],
    selfHealing: 'yes',
    remedy: null,
  })
}

/** What keeps a container without its image, init containers included. */
export const image: Rule<PodSubject> = whileUnready(firstCause([imagePull, waitingImage, slowPull]))
