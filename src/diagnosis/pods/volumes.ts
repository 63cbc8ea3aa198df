import {firstCause, type Rule} from '../finding.ts'
import type {PodSubject} from './subject.ts'
import {byAttachment} from './volumes-attachments.ts'
import {byEvent} from './volumes-events.ts'
import {mayWaitForVolumes} from './volumes-waiting.ts'

const causes = firstCause<PodSubject>([byAttachment, byEvent])

/** Why the volumes of a Pod that has its node are not attached or mounted: objects first, then what was said. */
export const volumes: Rule<PodSubject> = (subject) =>
  mayWaitForVolumes(subject.pod) ? causes(subject) : undefined
