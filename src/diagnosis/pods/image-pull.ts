import {nameOf} from '../../model/objects.ts'
import {firstCause, type Rule} from '../finding.ts'
import {podText} from '../pod.ts'
import {quoted} from '../quoted.ts'
import {containersOf, containerText, type PodContainer} from './containers-facts.ts'
import {
  afterEdit,
  type Cause,
  describePod,
  eventEvidence,
  look,
  podFinding,
  severityOn,
  toldOf,
  unreadySince,
} from './containers-finding.ts'
import {pullTrouble} from './image-text.ts'
import type {PodSubject} from './subject.ts'

const REASONS: readonly unknown[] = ['ErrImagePull', 'ImagePullBackOff']

function unpulled({pod}: PodSubject): PodContainer | undefined {
  return containersOf(pod).find(({status}) => REASONS.includes(status.state?.waiting?.reason))
}

/** Kubelets before 1.33 do not repeat in the back-off why the pull failed: the event before it does. */
function inner(subject: PodSubject, {spec, status}: PodContainer): string {
  const message = status.state?.waiting?.message ?? ''
  if (!/^Back-off pulling image (?:"[^"]*"|\S*)$/i.test(message) && message !== '') return message
  const failed = toldOf(subject, 'Failed', /^Failed to pull image /i)
  return failed?.message?.includes(`"${spec?.image}"`) ? failed.message : message
}

function pullFinding(
  subject: PodSubject,
  container: PodContainer,
  cause: Pick<Cause, 'id' | 'message' | 'evidence' | 'remedy'>,
  isLasting: boolean,
) {
  const {pod} = subject
  const {reason, message} = container.status.state?.waiting ?? {}
  return podFinding(subject, {
    ...cause,
    severity: isLasting ? 'error' : severityOn(subject, 'error'),
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} container ${container.name} state.waiting.reason=${reason}${message ? `: ${quoted(message)}` : ''}`,
      ...cause.evidence,
    ],
  })
}

/** The event alone proves little: kubelets before 1.37 send it even where the pull then succeeds. */
const secretMissing: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const container = unpulled(subject)
  const event = toldOf(subject, 'FailedToRetrieveImagePullSecret')
  if (!container || !event) return undefined
  const [, names] = /image pull secrets \(([^)]*)\)/i.exec(event.message ?? '') ?? []
  return pullFinding(
    subject,
    container,
    {
      id: 'image-pull-secret-missing',
      message: `${podText(pod)} can't pull image ${container.spec?.image ?? '<unknown>'} for ${containerText(container)}: pull secret ${names ? `${quoted(names)} ` : ''}could not be read`,
      evidence: eventEvidence(subject, event),
      remedy: look(
        [describePod(pod)],
        `create the secret in the Pod's namespace, or correct imagePullSecrets; the kubelet tries again by itself${afterEdit(subject)}`,
      ),
    },
    true,
  )
}

function pullRule(id: string, reason: string, text: string): Rule<PodSubject> {
  return (subject) => {
    const {pod} = subject
    const container = unpulled(subject)
    if (container?.status.state?.waiting?.reason !== reason) return undefined
    const said = inner(subject, container)
    const image = container.spec?.image
    const trouble = pullTrouble(said, image)
    const why = [trouble?.text, said && quoted(said)].filter(Boolean).join(': ')
    return pullFinding(
      subject,
      container,
      {
        id,
        message: `${podText(pod)} ${text} image ${image ?? '<unknown>'} for ${containerText(container)}${why && ` (${why})`}`,
        evidence: eventEvidence(subject, toldOf(subject, 'Failed', /^Failed to pull image /i)),
        remedy: look(
          [describePod(pod)],
          `${trouble?.advice ?? 'see what the registry says'}; the kubelet tries again by itself, at most 5m apart; where several nodes fail it is the registry or the name, where one does it is that node${afterEdit(subject)}`,
        ),
      },
      trouble?.isLasting === true,
    )
  }
}

/** A pull has failed, or waits for its next try. */
export const imagePull: Rule<PodSubject> = firstCause([
  secretMissing,
  pullRule('image-pull-error', 'ErrImagePull', "can't pull"),
  pullRule('image-pull-backoff', 'ImagePullBackOff', 'waits to try again to pull'),
])
