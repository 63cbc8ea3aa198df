import type {Advice, Leftover, LeftoversReport} from '../../reports/leftovers/report.ts'
import {bytes, counted, grouped} from '../human.ts'
import {wrapped} from '../lines.ts'
import {type Line, type Section, sectionOf, type TextOptions} from '../view.ts'
import type {Said} from './echo.ts'
import {leftoverColumns, leftoverName, sumColumns} from './leftovers-columns.ts'
import {sparedTexts} from './leftovers-spared.ts'
import {remedyLines} from './remedy-lines.ts'

/** What would be lost, what is left over, sums; then what to do about each reason, and what was not counted. */
export function leftoversView(report: LeftoversReport, options: TextOptions): readonly Section<unknown>[] {
  const {leftovers, observedAt, totals} = report
  const columns = leftoverColumns.filter(({name}) => name !== 'NAMESPACE' || options.hasNamespaces)
  const rows = leftovers.map((leftover) => ({observedAt, leftover}))
  const notes = [
    ...sparedTexts(report.spared),
    ...report.unjudged.map(({kind, message}) => `${kind}: ${message}.`),
  ]
  const list = {
    head: options.hasHeaders ? headTexts(report).flatMap((text) => wrapped(text, options)) : [],
    table: {columns, rows},
    foot: [],
    paragraphs: [],
  }
  const [byClass, byNamespace] = [totals.byClass, totals.byNamespace].map((sums) =>
    options.hasHeaders && totals.claims + totals.volumes > 1 ? sums : [],
  )
  return [
    sectionOf(list),
    sectionOf({table: {columns: sumColumns('CLASS'), rows: byClass ?? []}, paragraphs: []}),
    sectionOf({
      table: {columns: sumColumns('NAMESPACE'), rows: byNamespace ?? []},
      paragraphs: [...advice(report, options), ...(notes.length > 0 ? [{lines: noteLines(notes)}] : [])],
    }),
  ]
}

/** How much, and what of it deleting would destroy. */
function headTexts({leftovers, totals}: LeftoversReport): readonly string[] {
  if (leftovers.length === 0) return ['Nothing is left over, as far as it was seen.']
  const {claims, volumes, bytesDestroyed} = totals
  const stored = claims + volumes > 0 ? ` (claims and volumes: ${bytes(totals.bytes)})` : ''
  const counts = `${grouped(leftovers.length)} left over: ${countsText(leftovers)}${stored}`
  if (claims + volumes === 0) return [counts]
  return [counts, dangerText(bytesDestroyed, leftovers)]
}

function dangerText(destroyed: number, leftovers: readonly Leftover[]): string {
  const unseen = leftovers.filter(({deleting}) => deleting.effect === 'Unknown').length
  const unknown = unseen > 0 ? ` Of ${unseen} it is not known.` : ''
  return destroyed > 0
    ? `Deleting them destroys the data on ${bytes(destroyed)} of disks permanently.${unknown} Look at each before you act.`
    : `Deleting them destroys no disk, as far as it was seen.${unknown} Look at each before you act.`
}

const NOUNS: Readonly<Record<Leftover['kind'], string>> = {
  PersistentVolumeClaim: 'claim',
  PersistentVolume: 'volume',
  VolumeAttachment: 'VolumeAttachment',
  Pod: 'Pod',
  ControllerRevision: 'ControllerRevision',
}

function countsText(leftovers: readonly Leftover[]): string {
  const counts = [...Map.groupBy(leftovers, ({kind}) => kind)]
  return counts.map(([kind, {length}]) => counted(length, NOUNS[kind])).join(', ')
}

/** What to do about each reason: by the first of its kind, and likewise for the others. */
function advice({advice: all}: LeftoversReport, {findings}: TextOptions) {
  if (findings === 'none') return []
  if (findings === 'brief') return all.length > 0 ? [{lines: all.map(headLine)}] : []
  const said: Said = new Set()
  return all.map((each) => ({
    lines: [headLine(each), ...remedyLines(each.remedy, each.count - 1, said)],
  }))
}

function headLine({kind, reason, count, example, message}: Advice): Line {
  const others = count === 1 ? '' : `; ${count - 1} more like it`
  const where = example.namespace === null ? '' : ` of ${example.namespace}`
  return {
    label: 'Left',
    tone: 'strong',
    text: `${leftoverName({kind, name: example.name})}${where}: ${message}${others}`,
    tag: reason,
  }
}

function noteLines(notes: readonly string[]): readonly Line[] {
  return notes.map((text, index) => ({label: index === 0 ? 'Not here' : '', tone: 'muted', text}))
}
