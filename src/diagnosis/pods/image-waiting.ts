import {nameOf} from '../../model/objects.ts'
import type {Finding, Rule, Severity} from '../finding.ts'
import {podText} from '../pod.ts'
import {containersOf, containerText} from './containers-facts.ts'
import {
  afterEdit,
  describePod,
  eventEvidence,
  look,
  podFinding,
  saying,
  severityOn,
  toldOf,
  unreadySince,
} from './containers-finding.ts'
import type {PodSubject} from './subject.ts'

interface Trouble {
  readonly id: string
  readonly severity: Severity
  readonly text: string
  readonly selfHealing: Finding['selfHealing']
  readonly advice: string
  /** An edit of the template is what mends it. */
  readonly isTemplate: boolean
}

/** What a kubelet calls an image that it has not even tried to pull, or that it may not use. */
const WAITING: Readonly<Record<string, Trouble>> = {
  ErrImageNeverPull: {
    id: 'image-never-pull',
    severity: 'error',
    text: 'is not on the node, or may not be used there without being asked for, and its pull policy is Never',
    selfHealing: 'no',
    advice: 'load the image on that node, or change imagePullPolicy',
    isTemplate: true,
  },
  InvalidImageName: {
    id: 'image-invalid-name',
    severity: 'error',
    text: 'has a name that no registry could have',
    selfHealing: 'no',
    advice: 'correct the name in the template',
    isTemplate: true,
  },
  ImageInspectError: {
    id: 'image-inspect-error',
    severity: 'warning',
    text: "can't be inspected by the node's runtime",
    selfHealing: 'maybe',
    advice: "look at the node's runtime and disk",
    isTemplate: false,
  },
  RegistryUnavailable: {
    id: 'image-registry-unavailable',
    severity: 'error',
    text: 'is in a registry that is not available',
    selfHealing: 'maybe',
    advice:
      'see whether the registry runs and is reachable from that node; the kubelet tries again by itself',
    isTemplate: false,
  },
  SignatureValidationFailed: {
    id: 'image-signature',
    severity: 'error',
    text: "has no signature that the node's policy accepts",
    selfHealing: 'no',
    advice: "sign the image, or mend the signing policy of the node's runtime",
    isTemplate: false,
  },
}

export const waitingImage: Rule<PodSubject> = (subject) => {
  const {pod} = subject
  const found = containersOf(pod).find(({status}) =>
    Object.hasOwn(WAITING, status.state?.waiting?.reason ?? ''),
  )
  const {reason = '', message} = found?.status.state?.waiting ?? {}
  const trouble = WAITING[reason]
  if (!found || !trouble) return undefined
  return podFinding(subject, {
    id: trouble.id,
    severity: trouble.selfHealing === 'no' ? trouble.severity : severityOn(subject, trouble.severity),
    message: `${podText(pod)} can't start ${containerText(found)}: image ${found.spec?.image ?? '<unknown>'} ${trouble.text}${saying(message)}`,
    since: unreadySince(pod),
    evidence: [
      `pod/${nameOf(pod)} container ${found.name} state.waiting.reason=${reason}`,
      ...eventEvidence(subject, toldOf(subject, 'InspectFailed')),
    ],
    selfHealing: trouble.selfHealing,
    remedy: look([describePod(pod)], trouble.advice + (trouble.isTemplate ? afterEdit(subject) : '')),
  })
}
