import {containersOf, type PodContainer} from '../../../model/containers.ts'
import {nameOf} from '../../../model/objects.ts'
import type {Causes} from '../../cause.ts'
import {firstCause, type Remedy, type Rule} from '../../finding.ts'
import {capitalised, quoted} from '../../words.ts'
import {
  describePod,
  eventEvidence,
  type PodFinding,
  podFinding,
  saidText,
  severityOn,
  severityWhileTried,
  toldOf,
  unreadySince,
} from '../finding.ts'
import {type Help, remedyBy} from '../help.ts'
import {imageText, inContainer} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {TEMPLATE_RISK} from '../template-fix.ts'
import {imageByNow, replacedByNow} from './by-now.ts'
import {pullTrouble} from './pull-text.ts'

export const causes = {
  'image-pull-error': {
    title: "image can't be pulled",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The container waits with `ErrImagePull`, and an event `Failed` says `Failed to pull image`. The inner text tells which: not found, denied, a certificate, a timeout, too many requests.',
    remedy:
      'Correct the name or tag in the template, the credentials, or the way to the registry, as the text says.',
    risk: TEMPLATE_RISK,
    riskWhen: 'what helps is an edit of the template',
  },
  'image-pull-backoff': {
    title: 'image pull fails again and again',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The container waits with `ImagePullBackOff`: pulling has failed before, and the kubelet waits up to five minutes between attempts. From about 1.33 the message carries the last error; before, see the events.',
    remedy:
      'Correct the name, the credentials or the way to the registry, as the last error says. If you have fixed the registry, just wait five minutes.',
    risk: TEMPLATE_RISK,
    riskWhen: 'what helps is an edit of the template',
  },
  'image-pull-secret-missing': {
    title: 'pull secret does not exist',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'An event `FailedToRetrieveImagePullSecret` says `Unable to retrieve some image pull secrets` (from 1.28; from 1.37 only if the pull fails).',
    remedy:
      'Create that secret in the namespace of the Pod, or correct `imagePullSecrets` of the template or the service account.',
    risk: TEMPLATE_RISK,
  },
} satisfies Causes

const REASONS: readonly unknown[] = ['ErrImagePull', 'ImagePullBackOff']

function unpulled({pod}: PodSubject): PodContainer | undefined {
  return containersOf(pod).find(({status}) => REASONS.includes(status.state?.waiting?.reason))
}

/** Kubelets before 1.33 do not repeat in the back-off why the pull failed: the event before it does. */
function inner(subject: PodSubject, {spec, status}: PodContainer): string {
  const message = status.state?.waiting?.message ?? ''
  if (!/^Back-off pulling image (?:"[^"]*"|\S*)$/i.test(message) && message !== '') return message
  const failed = failedPull(subject)
  return failed?.message?.includes(`"${spec?.image}"`) ? failed.message : message
}

function pullFinding(
  subject: PodSubject,
  container: PodContainer,
  cause: Pick<PodFinding, 'id' | 'message' | 'evidence' | 'remedy'>,
  isLasting: boolean,
) {
  const {pod} = subject
  const {reason, message} = container.status.state?.waiting ?? {}
  return podFinding(subject, {
    ...cause,
    severity: isLasting ? severityWhileTried(subject, 'error') : severityOn(subject, 'error'),
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} container ${container.name} state.waiting.reason=${reason}${saidText(message)}`,
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
      message: `Pull secret ${names ? `${quoted(names)} ` : ''}could not be read, so image ${imageText(container.spec?.image)} can't be pulled (${inContainer(container, pod)})`,
      evidence: eventEvidence(subject, event),
      remedy: remedyBy(subject, [describePod(pod)], SECRET_FIX),
    },
    true,
  )
}

const SECRET_FIX: Help = {
  acts: ["create the secret in the Pod's namespace: the kubelet tries again by itself"],
  what: 'correct imagePullSecrets',
}

function pullRule(id: keyof typeof causes, reason: string): Rule<PodSubject> {
  return (subject) => {
    const {pod, node} = subject
    const container = unpulled(subject)
    if (container?.status.state?.waiting?.reason !== reason) return undefined
    const said = inner(subject, container)
    const trouble = pullTrouble(said, container.spec?.image, node)
    return pullFinding(
      subject,
      container,
      {
        id,
        message: `${capitalised(trouble.text)} (${inContainer(container, pod)})`,
        evidence:
          said === container.status.state?.waiting?.message
            ? []
            : eventEvidence(subject, failedPull(subject)),
        remedy: remedyFor(subject, container, trouble.help),
      },
      trouble.isLasting,
    )
  }
}

function failedPull(subject: PodSubject) {
  return toldOf(subject, 'Failed', /^Failed to pull image /i)
}

function remedyFor(subject: PodSubject, container: PodContainer, help: Help): Remedy {
  const look = [describePod(subject.pod)]
  const image = imageByNow(subject, container)
  return image ? replacedByNow(subject, look, image) : remedyBy(subject, look, help)
}

/** A pull has failed, or waits for its next try. */
export const imagePull: Rule<PodSubject> = firstCause([
  secretMissing,
  pullRule('image-pull-error', 'ErrImagePull'),
  pullRule('image-pull-backoff', 'ImagePullBackOff'),
])
