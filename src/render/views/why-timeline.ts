import type {TimelineEntry, WhyReport} from '../../reports/why/report.ts'
import {age, NONE} from '../human.ts'
import {type Column, type Section, sectionOf, type TextOptions} from '../view.ts'
import {type Said, unsaid} from './echo.ts'
import {entryText, shortName} from './why-entries.ts'
import {type FoldedEntry, folded} from './why-folding.ts'

interface EntryRow extends TimelineEntry {
  readonly now: string
  readonly detail: string
}

const columns: readonly Column<EntryRow>[] = [
  {name: 'TIME', description: 'When', yields: 2, cell: ({at}) => wholeSeconds(at)},
  {name: 'AGE', description: 'How long ago', cell: ({at, now}) => age(at, now)},
  {
    name: 'OBJECT',
    description: 'What it happened to',
    shorten: 'middle',
    cell: ({object}) => shortName(object),
  },
  {
    name: 'WHAT',
    description:
      'The reason of an event, a condition, or Created, Deleted, Started, Finished, Restart, Revision',
    cell: ({what, reason, isWarning}) => ({text: reason ?? what, tone: isWarning ? 'warn' : undefined}),
  },
  {name: 'DETAIL', description: 'What was said', isFlexible: true, cell: ({detail}) => detail || NONE},
]

/** As all other times of the API are. */
function wholeSeconds(at: string): string {
  return at.replace(/\.\d+Z$/, 'Z')
}

const READABLE = 8

/** What happened, in one order: the entries that tell most, and how many there are besides. */
export function timelineSection(
  {timeline, observedAt}: WhyReport,
  {isWide}: TextOptions,
  said: Said,
): Section<unknown> {
  const shown = isWide ? timeline.map((entry) => ({...entry, size: 1})) : telling(folded(timeline))
  const hidden = timeline.length - shown.reduce((sum, {size}) => sum + size, 0)
  return sectionOf({
    table: {
      columns,
      rows: shown.map((each) => ({
        ...each,
        detail: isWide ? entryText(each) : unsaid(entryText(each), said),
        now: observedAt,
      })),
    },
    foot: hidden > 0 ? [`${hidden} more; -o wide shows all`] : [],
    paragraphs: [],
  })
}

/** Of many entries the latest warnings, then the latest of the others; in the order in which they happened. */
function telling(entries: readonly FoldedEntry[]): readonly FoldedEntry[] {
  const latest = entries.toReversed()
  const ranks = [0, 1, 2].map((rank) => latest.filter((entry) => rankOf(entry) === rank))
  const kept = new Set(ranks.flat().slice(0, READABLE))
  return entries.filter((entry) => kept.has(entry))
}

function rankOf({isWarning, isOfEarlier}: FoldedEntry): number {
  return isOfEarlier ? 2 : isWarning ? 0 : 1
}
