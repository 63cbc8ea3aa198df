import {containersOf} from '../../../model/containers.ts'
import {nameOf} from '../../../model/objects.ts'
import {type Cause, rowsOf} from '../../cause.ts'
import type {Finding, Rule, Severity} from '../../finding.ts'
import type {CauseId} from '../../order.ts'
import {capitalised} from '../../words.ts'
import {
  describePod,
  eventEvidence,
  podFinding,
  saidText,
  severityOn,
  toldOf,
  unreadySince,
} from '../finding.ts'
import {type Help, remedyBy} from '../help.ts'
import {imageText, inContainer} from '../reference.ts'
import type {PodSubject} from '../subject.ts'
import {TEMPLATE_RISK} from '../template-fix.ts'

interface Waiting extends Cause {
  /** What a kubelet calls an image that it has not even tried to pull, or that it may not use. */
  readonly reason: string
  readonly severity: Severity
  /** The sentence about `image`, such as `image db:1`. */
  readonly text: (image: string) => string
  readonly selfHealing: Finding['selfHealing']
  readonly help: Help
}

export const causes = {
  'image-never-pull': {
    title: 'image absent, pulling not allowed',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The container waits with `ErrImageNeverPull`: the policy is `Never`, and the node does not have the image. From 1.35 also where it does, but this Pod has not shown credentials for it.',
    remedy: 'Put the image on the node, or choose another `imagePullPolicy`.',
    risk: TEMPLATE_RISK,
    reason: 'ErrImageNeverPull',
    severity: 'error',
    text: (image) => `${image} is not on the node or needs credentials there, and its pull policy is Never`,
    selfHealing: 'no',
    help: {acts: ['load the image on that node'], what: 'change imagePullPolicy'},
  },
  'image-invalid-name': {
    title: 'image name is malformed',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: "The container waits with `InvalidImageName`: what the template says can't be read as the name of an image.",
    remedy: 'Correct the name in the template.',
    risk: TEMPLATE_RISK,
    reason: 'InvalidImageName',
    severity: 'error',
    text: (image) => `${image} has a name that no registry could have`,
    selfHealing: 'no',
    help: {acts: [], what: 'correct the name'},
  },
  'image-inspect-error': {
    title: "node can't read its image",
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The container waits with `ImageInspectError`, and an event `InspectFailed` tells why. The image is there, and the runtime fails to read it.',
    remedy: 'Look at the container runtime and at the disk of that node.',
    reason: 'ImageInspectError',
    severity: 'warning',
    text: (image) => `${image} can't be read by the runtime of the node`,
    selfHealing: 'maybe',
    help: {acts: ["fix the node's runtime or disk"]},
  },
  'image-registry-unavailable': {
    title: 'registry does not answer',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The container waits with `RegistryUnavailable`.',
    remedy: 'Look at the registry and at the way to it from that node. The kubelet tries again by itself.',
    reason: 'RegistryUnavailable',
    severity: 'error',
    text: (image) => `The registry of ${image} does not answer`,
    selfHealing: 'maybe',
    help: {
      acts: [
        'see whether the registry runs and is reachable from that node: the kubelet tries again by itself',
      ],
    },
  },
  'image-signature': {
    title: 'image signature was rejected',
    applies: ['StatefulSet', 'DaemonSet'],
    sign: 'The container waits with `SignatureValidationFailed` (1.28 and newer): the runtime of the node demands a signature that this image lacks.',
    remedy: 'Sign the image, or correct the policy of the runtime.',
    risk: 'a laxer policy lets unsigned images run',
    reason: 'SignatureValidationFailed',
    severity: 'error',
    text: (image) => `${image} has no signature that the node's policy accepts`,
    selfHealing: 'no',
    help: {acts: ['sign the image', "if the signing policy of the node's runtime is wrong, correct it"]},
  },
} satisfies Partial<Record<CauseId, Waiting>>

const ROWS = rowsOf<Waiting>(causes)

export const waitingImage: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const found = containersOf(pod).find(({status}) => rowOf(status.state?.waiting?.reason))
  const {reason, message} = found?.status.state?.waiting ?? {}
  const trouble = rowOf(reason)
  if (!found || !trouble) return undefined
  return podFinding(subject, {
    id: trouble.id,
    severity: trouble.selfHealing === 'no' ? trouble.severity : severityOn(subject, trouble.severity),
    message: `${capitalised(trouble.text(`image ${imageText(found.spec?.image)}`))} (${inContainer(found, pod)})`,
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} container ${found.name} state.waiting.reason=${reason}${saidText(message)}`,
      ...eventEvidence(subject, toldOf(subject, 'InspectFailed')),
    ],
    selfHealing: trouble.selfHealing,
    remedy: remedyOf(subject, trouble),
  })
}

function remedyOf(subject: PodSubject, {help, risk = ''}: Waiting) {
  const remedy = remedyBy(subject, [describePod(subject.pod)], help)
  return help.what ? remedy : {...remedy, risk}
}

function rowOf(reason: string | undefined) {
  return ROWS.find((row) => row.reason === reason)
}
