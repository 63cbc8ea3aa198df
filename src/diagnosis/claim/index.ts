import type {ResourceKey} from '../../model/snapshot.ts'
import {firstCause, type Rule} from '../finding.ts'
import type {ClaimSubject} from '../subjects.ts'
import {attachment} from './attachment.ts'
import {attributesClass} from './attributes-class.ts'
import {disk} from './disk.ts'
import {drift} from './drift.ts'
import {formerLife} from './former-life.ts'
import {lost} from './lost.ts'
import {missing} from './missing.ts'
import {noResizer} from './no-resizer.ts'
import {pending} from './pending.ts'
import {resize} from './resize.ts'
import {foreignController} from './retention.ts'
import {terminating} from './terminating.ts'

/**
 * What can be wrong with a claim. To add a cause: a file, and a line here; families are one line. Of the states
 * that exclude each other the first one counts.
 */
export const claimRules: readonly Rule<ClaimSubject>[] = [
  firstCause([missing, lost, terminating, pending]),
  attachment,
  firstCause([resize, noResizer]),
  attributesClass,
  disk,
  foreignController,
  formerLife,
  drift,
]

/** Kinds of which a rule about a claim looks at more than the claim. What is asked must read these, or the rules must ask whether they were read. */
export const looksAt = [
  'controllerRevisions',
  'daemonSets',
  'events',
  'nodes',
  'persistentVolumeClaims',
  'persistentVolumes',
  'pods',
  'storageClasses',
  'volumeAttachments',
] as const satisfies readonly ResourceKey[]
