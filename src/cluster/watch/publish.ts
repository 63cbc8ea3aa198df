import type {ClusterSnapshot} from '../../model/snapshot.ts'
import type {NeedRecords} from './need-records.ts'
import type {Timing} from './timing.ts'

/** Changes that come in so short a time belong together. */
const SETTLE = 100
/** But who never settles is shown nevertheless. */
const UNSETTLED = 500

/** Who has taken long to look gets as long a rest, up to that: half of the time is for reading what changes. */
const LONGEST_REST = 5000

/** Who looks at the snapshots; an error of theirs ends everything. */
export type OnSnapshot = (snapshot: ClusterSnapshot) => void | Promise<void>

/** Shows the board when it is complete, and again after each batch of changes: one showing at a time, always the newest state. */
export async function publish(
  board: NeedRecords,
  onSnapshot: OnSnapshot,
  timing: Timing,
  stop: AbortSignal,
): Promise<void> {
  for (let shown = -1, rested = 0; ; ) {
    while (!board.isComplete() || board.revision() === shown) await board.changed.heard()
    if (shown !== -1) await settled(board, timing, stop)
    if (rested > timing.now()) await timing.sleep(rested - timing.now(), stop)
    shown = board.revision()
    const begun = timing.now()
    await onSnapshot(board.snapshot())
    const ended = timing.now()
    rested = ended + Math.min(ended - begun, LONGEST_REST)
    stop.throwIfAborted()
  }
}

async function settled(board: NeedRecords, timing: Timing, stop: AbortSignal): Promise<void> {
  const latest = timing.now() + UNSETTLED
  for (let revision = -1; board.revision() !== revision && timing.now() < latest; ) {
    revision = board.revision()
    await timing.sleep(SETTLE, stop)
  }
}
