import {cleanCell} from '../../model/clean.ts'
import type {SubjectSummary, WhyReport} from '../../reports/why/report.ts'
import {colored} from '../color.ts'
import {age} from '../human.ts'
import {wrap} from '../lines.ts'
import {type Section, sectionOf, type TextOptions, type Tone} from '../view.ts'
import {widthOf} from '../width.ts'
import {type Said, say} from './echo.ts'
import {STATE_TONES} from './rollout-words.ts'
import {causeLines} from './why-cause.ts'
import {chainRows, linkColumns} from './why-chain.ts'
import {otherParagraphs} from './why-others.ts'
import {timelineSection} from './why-timeline.ts'

/** Who, and how it is; the cause and what to do; what else was found; then the chain, and what happened. */
export function whyView(report: WhyReport, options: TextOptions): readonly Section<unknown>[] {
  const said: Said = new Set()
  const answer = [causeLines(report, options, said), ...otherParagraphs(report, options, said)]
  for (const {text} of answer.flat()) say(text, said)
  return [
    sectionOf({
      head: options.hasHeaders ? headLines(report, options) : [],
      table: {columns: [], rows: []},
      paragraphs: answer.map((lines) => ({lines})),
    }),
    sectionOf({
      table: {columns: linkColumns, rows: chainRows(report, options, said)},
      paragraphs: [],
    }),
    timelineSection(report, options, said),
  ]
}

const GAP = '   '

/** `StatefulSet shop/db   2/5 ready, 3/5 updated   Stalled for 12m`; one under the other where that is too long. */
function headLines(report: WhyReport, {width, isColored}: TextOptions): readonly string[] {
  const {subject, summary} = report
  const {kind, namespace, name} = subject
  const who = cleanCell(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`)
  const counts = summary ? countsText(summary) : ''
  const state = summary ? cleanCell(stateText(summary, report)) : ''
  const parts = [who, counts, state].filter(Boolean)
  const toned = [who, counts, colored(state, toneOf(summary), isColored)].filter(Boolean)
  if (widthOf(parts.join(GAP)) <= (width ?? Number.POSITIVE_INFINITY)) return [toned.join(GAP)]
  return [...wrap(who, width ?? 0), toned.slice(1).join(GAP)]
}

function countsText({ready, updated}: SubjectSummary): string {
  const share = ({count, of}: NonNullable<SubjectSummary['ready']>) => `${count ?? '?'}/${of ?? '?'}`
  return [ready && `${share(ready)} ready`, updated && `${share(updated)} updated`].filter(Boolean).join(', ')
}

/** Of a node when that was: what waits for it may have begun to wait later. */
function stateText({state, since}: SubjectSummary, {subject, observedAt, findings}: WhyReport): string {
  // a Pod may be the latest of many: since when it is wrong is what the cause says
  const isSaid = subject.kind === 'Pod' && findings.some((finding) => finding.since)
  if (!since || isSaid) return state
  if (subject.kind !== 'Node') return `${state} for ${age(since, observedAt)}`
  return `${state} since ${since} (${age(since, observedAt)} ago)`
}

/** Of what is stalled or not ready; words of other kinds have no colour of their own. */
function toneOf(summary: SubjectSummary | null): Tone | undefined {
  if (summary?.state.startsWith('NotReady')) return 'error'
  return (STATE_TONES as Readonly<Record<string, Tone | undefined>>)[summary?.state ?? '']
}
