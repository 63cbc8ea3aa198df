import {isSeen} from '../model/seen.ts'
import type {ClusterSnapshot} from '../model/snapshot.ts'
import {NONE, UNKNOWN} from '../render/human.ts'
import type {Cell, Column, Section} from '../render/view.ts'
import type {Labelled, RowSource} from './row-source.ts'

/** Columns with labels of what rows are about. */
export interface LabelColumns {
  /** The labels that a report's rows will show are those of this snapshot. */
  readonly remember: (report: object, snapshot: ClusterSnapshot) => void
  /** The section with the columns at the end of its table, where its rows are about something that has labels. */
  readonly withColumns: <Report extends object>(
    section: Section<unknown>,
    report: Report,
    source: RowSource<Report>,
  ) => Section<unknown>
}

type Labels = Readonly<Record<string, string>>

/** Columns for these labels, headed as kubectl heads them: by what stands behind the last slash. */
export function labelColumns(keys: readonly string[]): LabelColumns {
  const lookUps = new WeakMap<object, LookUp>()
  return {
    remember: (report, snapshot) => void lookUps.set(report, lookUpIn(snapshot)),
    withColumns: (section, report, {labelled}) => {
      const {table} = section
      const [first] = table.rows as readonly object[]
      const lookUp = lookUps.get(report)
      if (!first || !lookUp || !labelled(first, report)) return section
      const columns = keys.map(
        (key): Column<unknown> => ({
          name: (key.split('/').at(-1) ?? key).toUpperCase(),
          description: `Label ${key}`,
          cell: (row) => cellOf(labelled(row as object, report) ?? [], (each) => lookUp(each, key)),
        }),
      )
      return {...section, table: {...table, columns: [...table.columns, ...columns]}}
    },
  }
}

/** What all of them say; `<various>` where they differ. */
function cellOf(all: readonly Labelled[], textOf: (each: Labelled) => string): Cell | string {
  const texts = new Set(all.map(textOf))
  const [text = NONE] = texts
  if (texts.size > 1) return {text: '<various>', tone: 'muted'}
  return text === NONE || text === UNKNOWN ? {text, tone: 'muted'} : text
}

type LookUp = (object: Labelled, key: string) => string

/** Values of labels; each kind is looked through once. */
function lookUpIn(snapshot: ClusterSnapshot): LookUp {
  const indexes = new Map<string, ReadonlyMap<string, Labels>>()
  return (object, key) => {
    const {resource, kind = ''} = object
    const index = indexes.get(resource ?? kind) ?? indexOf(snapshot, object)
    indexes.set(resource ?? kind, index)
    const labels = index.get(`${object.namespace ?? ''}/${object.name}`)
    if (labels) return Object.hasOwn(labels, key) ? (labels[key] ?? NONE) : NONE
    return resource && isSeen(snapshot, resource, object.name) ? NONE : UNKNOWN
  }
}

function indexOf(snapshot: ClusterSnapshot, {resource, kind}: Labelled): ReadonlyMap<string, Labels> {
  const objects = resource ? snapshot[resource] : (snapshot.custom ?? []).filter((each) => each.kind === kind)
  return new Map(
    objects.map(({metadata}) => [
      `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`,
      metadata?.labels ?? {},
    ]),
  )
}
