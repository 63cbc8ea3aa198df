import {nameOf, type PersistentVolume, type VolumeAttachment} from '../../../model/objects.ts'
import type {Finding} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {choice} from '../scheduling/choice.ts'
import {claimsOf} from '../scheduling/mounted-claims.ts'
import type {PodSubject} from '../subject.ts'
import {DETACH_DANGER} from './attach-messages.ts'
import type {DriverMissing} from './driver-missing.ts'
import {notStartedMessage, severityOnNode, volumeFinding} from './waiting.ts'

/** A volume of the Pod, and where the API says that it is attached. */
export interface Attached {
  readonly volume: PersistentVolume
  readonly here: VolumeAttachment | undefined
  readonly elsewhere: readonly VolumeAttachment[]
}

/** Those that are not yet attached where the Pod is. A deleted attachment may still say `attached`. */
export function unattached(subject: PodSubject): readonly Attached[] {
  const {pod, relations} = subject
  return claimsOf(subject)
    .flatMap(({volume}) => (volume ? [volume] : []))
    .map((volume) => {
      const all = relations.attachmentsOf(nameOf(volume))
      const here = all.find(({spec}) => spec?.nodeName === pod.spec?.nodeName)
      return {volume, here, elsewhere: all.filter((each) => each !== here)}
    })
    .filter(({here}) => here?.metadata?.deletionTimestamp || !here?.status?.attached)
}

/** The node of an attachment, in words where it has none. */
export function nodeOf({spec}: VolumeAttachment): string {
  return spec?.nodeName ?? '<none>'
}

/** What is wrong with one attachment. */
export interface AttachTrouble extends Pick<Finding, 'id' | 'severity'> {
  /** What is wrong, without the Pod. */
  readonly cause: string
  readonly evidence: string
  readonly way: string
  readonly missing?: DriverMissing | undefined
}

/** A finding about the Pod that waits for the attachment. */
export function attachFinding(
  subject: PodSubject,
  attachment: VolumeAttachment,
  trouble: AttachTrouble,
): Finding {
  const {missing} = trouble
  const name = nameOf(attachment)
  return volumeFinding(subject, {
    id: trouble.id,
    severity: severityOnNode(subject, trouble.severity),
    message: notStartedMessage(subject, `${trouble.cause}${missing?.why ?? ''}`),
    ...(missing?.blames && {blames: missing.blames}),
    evidence: [
      `volumeattachment/${name} on node/${nodeOf(attachment)} ${trouble.evidence}`,
      ...(missing?.evidence ?? []),
    ],
    selfHealing: 'maybe',
    remedy: choice(
      [kubectl('describe', 'volumeattachment', name), ...(missing?.commands ?? [])],
      [missing?.advice ?? trouble.way],
      {avoid: missing ? '' : DETACH_DANGER},
    ),
  })
}
