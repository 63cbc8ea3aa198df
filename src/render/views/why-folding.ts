import type {TimelineEntry} from '../../reports/why/report.ts'
import {deedOf, deedText} from './why-deeds.ts'
import {shortName} from './why-entries.ts'

/** An entry that stands for several. */
export interface FoldedEntry extends TimelineEntry {
  /** How many entries it stands for. */
  readonly size: number
}

/** Entries in which each thing is said once, and runs of the same deed are one; by their last time. */
export function folded(entries: readonly TimelineEntry[]): readonly FoldedEntry[] {
  const once = [...Map.groupBy(entries, sayingKey).values()].map(joined)
  return runsOf(once.toSorted(byTime)).toSorted(byTime)
}

function byTime(left: TimelineEntry, right: TimelineEntry): number {
  return Date.parse(left.at) - Date.parse(right.at)
}

/** What a condition says, its reason aside, an event says too. */
function sayingKey(entry: TimelineEntry, index: number): string {
  const {what, object, text, isOfEarlier} = entry
  const isSaid = (what === 'Event' || what === 'Condition') && text !== ''
  const words = text.replace(/^\w+: /, '').replaceAll(/\s+/g, ' ')
  return isSaid && !deedOf(entry) ? [shortName(object), isOfEarlier, words].join('\n') : String(index)
}

/** The last event speaks for all; a condition does where there is none. */
function joined(entries: readonly TimelineEntry[]): FoldedEntry {
  const events = entries.filter(({what}) => what === 'Event')
  const last = (events.at(-1) ?? entries.at(-1)) as TimelineEntry
  const {count: _, ...speaker} = last
  const count = events.reduce((sum, each) => sum + (each.count ?? 1), 0)
  const at = entries.toSorted(byTime).at(-1)?.at ?? last.at
  const isWarning = entries.some((each) => each.isWarning)
  return {...speaker, at, isWarning, ...(count > 1 && {count}), size: entries.length}
}

const RUN_SECONDS = 600

/** Pods that a set created or deleted one after the other. */
function runsOf(entries: readonly FoldedEntry[]): readonly FoldedEntry[] {
  const runs: FoldedEntry[][] = []
  const open = new Map<string, FoldedEntry[]>()
  for (const entry of entries) {
    const deed = deedOf(entry)
    const key = `${shortName(entry.object)} ${deed?.verb}`
    const run = deed && open.get(key)
    const last = run?.at(-1)
    if (run && last && byTime(last, entry) >= -1000 * RUN_SECONDS) run.push(entry)
    else {
      const begun = [entry]
      runs.push(begun)
      if (deed) open.set(key, begun)
    }
  }
  return runs.map(oneOf)
}

function oneOf(run: readonly FoldedEntry[]): FoldedEntry {
  const last = run.at(-1) as FoldedEntry
  const text = deedText(run.flatMap((entry) => deedOf(entry) ?? []))
  if (text === undefined) return last
  const count = run.reduce((sum, each) => sum + (each.count ?? 1), 0)
  const size = run.reduce((sum, each) => sum + each.size, 0)
  const {count: _, ...rest} = last
  return {...rest, text, size, ...(count > 1 && {count})}
}
