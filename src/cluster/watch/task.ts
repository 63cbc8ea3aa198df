import type {Reading} from '../collect.ts'
import type {Listed, OnPage} from '../list.ts'
import type {Lag} from './lag.ts'
import type {NeedRecord} from './need-records.ts'
import type {Timing} from './timing.ts'
import type {News} from './versions.ts'
import type {Watches} from './watches.ts'

/** One need that is to be kept up to date. */
export interface Task {
  readonly reading: Reading
  readonly record: NeedRecord
  readonly lag: Lag
  readonly timing: Timing
  readonly onPage: OnPage
  /** What the question is about may be out of reach at first, too. */
  readonly isPatient: boolean
  readonly stop: AbortSignal
  /** What has been read of it already. */
  readonly listed?: Listed
}

/** Up to where the changes are known. */
export interface Position {
  isListed: boolean
  listedAt: number
  resourceVersion: string | undefined
  /** Lists in a row that were older than what the server had told before. */
  older: number
  /** So many more refusals are not believed. */
  doubts: number
  /** It was asked whether the server knows already who may do what. */
  hasDoubted: boolean
  readonly news: News
  readonly watches: Watches
}
