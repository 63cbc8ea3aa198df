/** One small cluster per cause of one Pod's trouble; everything that has a name is called after `h`. */
import {troublesFailed} from './pod/troubles-failed.ts'
import {troublesImage} from './pod/troubles-image.ts'
import {troublesRunning} from './pod/troubles-running.ts'
import {troublesTerminating} from './pod/troubles-terminating.ts'
import type {Facts} from './subjects.ts'

/** The first Pod of each is the one in trouble. */
export const podTroubles: Readonly<Record<string, (h: string) => Facts>> = {
  ...troublesTerminating,
  ...troublesFailed,
  ...troublesImage,
  ...troublesRunning,
}
