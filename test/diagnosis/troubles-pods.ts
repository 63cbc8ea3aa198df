/** One small cluster per cause of one Pod's trouble; everything that has a name is called after `h`. */
import {troublesEnded} from './pods/troubles-ended.ts'
import {troublesImage} from './pods/troubles-image.ts'
import {troublesLeaving} from './pods/troubles-leaving.ts'
import {troublesRunning} from './pods/troubles-running.ts'
import type {Facts} from './subjects.ts'

/** The first Pod of each is the one in trouble. */
export const podTroubles: Readonly<Record<string, (h: string) => Facts>> = {
  ...troublesLeaving,
  ...troublesEnded,
  ...troublesImage,
  ...troublesRunning,
}
