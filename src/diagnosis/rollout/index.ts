import {firstCause, type Rule} from '../finding.ts'
import {blockedAtTarget} from './blocked-at-target.ts'
import {leavingTooLong} from './leaving.ts'
import {lacksVolume, nameTaken, refused} from './not-made.ts'
import {revisionDeadlock} from './revision-deadlock.ts'
import type {RolloutSubject} from './subject.ts'

/** What can hold the rollout of a StatefulSet up, the most specific first. To add a cause: a file, and a line here. */
export const rolloutRules: readonly Rule<RolloutSubject>[] = [
  firstCause([nameTaken, refused, leavingTooLong, lacksVolume, revisionDeadlock, blockedAtTarget]),
]
