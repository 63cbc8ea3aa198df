import {firstCause, type Rule} from '../../finding.ts'
import type {PodSubject} from '../subject.ts'
import {byAttachment} from './attachments.ts'
import {byEvent} from './events.ts'
import {sharedByDaemons} from './shared-by-daemons.ts'
import {mayWaitForVolumes} from './waiting.ts'

const causes = firstCause<PodSubject>([sharedByDaemons, byAttachment, byEvent])

/** Why the volumes of a Pod that has its node are not attached or mounted: objects first, then what was said. */
export const volumes: Rule<PodSubject> = (subject) =>
  mayWaitForVolumes(subject.pod) ? causes(subject) : undefined
