import type {RolledWorkload, RolloutReport} from '../../reports/rollout/report.ts'
import type {RevisionDifference, WorkloadRevisions} from '../../reports/rollout/revisions-report.ts'
import {counted} from '../human.ts'
import {wrapped} from '../lines.ts'
import {type Column, type Section, sectionOf, type TextOptions} from '../view.ts'
import {revisionColumns} from './revision-columns.ts'
import {headLines} from './rollout-head.ts'

type FieldChange = RevisionDifference['changes'][number]

/** Which of both is asked for. */
export interface RevisionParts {
  readonly history: boolean
  readonly differences: boolean
}

/** Of each workload how it stands; then its revisions, and what the update changes. */
export function revisionsView(
  {workloads, revisions = [], observedAt}: RolloutReport,
  parts: RevisionParts,
  options: TextOptions,
): readonly Section<unknown>[] {
  return workloads.flatMap((workload, index) => {
    const own = revisions[index]
    if (!own) return []
    return [
      ...headSection(workload, observedAt, options),
      ...(parts.history ? [historySection(own, observedAt, options)] : []),
      ...(parts.differences ? differenceSections(own, options) : []),
    ]
  })
}

function headSection(
  workload: RolledWorkload,
  now: string,
  options: TextOptions,
): readonly Section<unknown>[] {
  if (!options.hasHeaders) return []
  return [{head: [...headLines(workload, now, options)], table: {columns: [], rows: []}, paragraphs: []}]
}

function historySection(
  {history, collisionCount}: WorkloadRevisions,
  observedAt: string,
  options: TextOptions,
): Section<unknown> {
  const rows = history.map((revision) => ({observedAt, revision}))
  const foot = [
    ...(rows.length === 0 ? ['No ControllerRevision of it was seen.'] : []),
    ...(collisionCount > 0 ? [collisionText(collisionCount)] : []),
  ]
  return sectionOf({
    table: {columns: revisionColumns, rows},
    foot: foot.flatMap((text) => wrapped(text, options)),
    paragraphs: [],
  })
}

function collisionText(count: number): string {
  const times = count === 1 ? 'Once' : `${count} times`
  return `${times} the name of a new revision was taken by another template (status.collisionCount): the controller chose another name.`
}

const NO_UPDATE =
  'what Pods are updated to is not known: the controller has not looked at the newest generation yet, or its ControllerRevision was not seen'
const NO_OTHER = 'there is no other revision to compare with'
const UNREAD =
  'whether there is another revision to compare with is not known: not all controllerrevisions could be read'

function differenceSections(
  {history, differences, updateRevision}: WorkloadRevisions,
  options: TextOptions,
): readonly Section<unknown>[] {
  if (differences.length === 0) {
    const isUnread = history.some(({state}) => state === 'Unknown')
    const text = updateRevision === null ? NO_UPDATE : isUnread ? UNREAD : NO_OTHER
    const paragraphs = options.hasHeaders ? [{lines: [{label: 'Diff', text: text}]}] : []
    return [sectionOf({table: {columns: changeColumns, rows: []}, paragraphs})]
  }
  const areUnseen = history.some(({pods}) => pods === null)
  return differences.map((difference) => differenceSection(difference, areUnseen, options))
}

const BASIS: Readonly<Record<RevisionDifference['basis'], string>> = {
  Current: 'from the current to the update revision',
  InUse: 'from a revision that Pods still run to the update revision',
  Before: 'no Pod runs another one: from the revision before',
}

const BEFORE_UNSEEN = 'which ones Pods run is not known: from the revision before'

function differenceSection(
  difference: RevisionDifference,
  areUnseen: boolean,
  options: TextOptions,
): Section<unknown> {
  const {from, to, basis, known, reason, changes} = difference
  const count = known === 'Unknown' ? 'not known' : counted(changes.length, 'field')
  const why = basis === 'Before' && areUnseen ? BEFORE_UNSEEN : BASIS[basis]
  const title = `${from} → ${to}   ${count} (${why})`
  const isHidden = changes.some(({hidden}) => hidden)
  const foot = [
    ...(reason === null ? [] : [`${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`]),
    ...(isHidden ? ['What may be a secret is hidden: --show-values shows it.'] : []),
  ]
  return sectionOf({
    head: options.hasHeaders ? wrapped(title, options) : [],
    table: {columns: changeColumns, rows: changes},
    foot: foot.flatMap((text) => wrapped(text, options)),
    paragraphs: [],
  })
}

const changeColumns: readonly Column<FieldChange>[] = [
  {name: 'CHANGE', description: 'Field of the Pod template, before → after', wraps: true, cell: changeText},
]

/** `containers[app].image: a → b`. */
function changeText({path, change, from, to, hidden}: FieldChange): string {
  if (hidden) return `${path}: ${change.toLowerCase()} <hidden>`
  if (change === 'Reordered') return `${path}: order ${from} → ${to}`
  if (change === 'Added') return `${path}: added${valueText(to)}`
  if (change === 'Removed') return `${path}: removed${valueText(from)}`
  return `${path}: ${from || '""'} → ${to || '""'}`
}

function valueText(value: string | null): string {
  return value ? ` ${value}` : ''
}
