import {nameOf, type PersistentVolume, type VolumeAttachment} from '../../model/objects.ts'
import {kubectl} from '../command-line.ts'
import type {Finding} from '../finding.ts'
import {podText} from '../pod.ts'
import type {PodSubject} from './subject.ts'
import {claimsOf} from './unscheduled-claims.ts'
import {severityOnNode, volumeFinding} from './volumes-waiting.ts'

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

/** Mirrors volume/util.IsMultiAttachAllowed (1.37): without access modes nothing is known, and nothing forbidden. */
export function isExclusive({spec}: PersistentVolume): boolean {
  const modes: readonly string[] = spec?.accessModes ?? []
  return modes.length > 0 && !modes.includes('ReadWriteMany') && !modes.includes('ReadOnlyMany')
}

const DANGER =
  'deleting an attachment by hand, or forcing a Pod away, detaches under a node that may still write'

/** The node of an attachment, in words where it has none. */
export function nodeOf({spec}: VolumeAttachment): string {
  return spec?.nodeName ?? '<none>'
}

/** What is wrong with one attachment. */
export interface AttachTrouble extends Pick<Finding, 'id' | 'severity'> {
  readonly what: string
  readonly evidence: string
  readonly advice: string
}

/** A finding about the Pod that waits for the attachment. */
export function attachFinding(
  subject: PodSubject,
  attachment: VolumeAttachment,
  trouble: AttachTrouble,
): Finding {
  const {pod} = subject
  const name = nameOf(attachment)
  return volumeFinding(subject, {
    id: trouble.id,
    severity: severityOnNode(subject, trouble.severity),
    message: `${podText(pod)} can't start on node ${pod.spec?.nodeName}: ${trouble.what}`,
    evidence: [`volumeattachment/${name} on node/${nodeOf(attachment)} ${trouble.evidence}`],
    selfHealing: 'maybe',
    remedy: {
      commands: [kubectl('describe', 'volumeattachment', name)],
      advice: trouble.advice,
      danger: DANGER,
      rung: 0,
    },
  })
}
