/** All answers about a list of objects, as the commands make them. */
import {toDocument} from '../../src/cluster/saved/document.ts'
import {gathering, toList} from '../../src/cluster/snapshot-file.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import type {Format} from '../../src/render/formats.ts'
import {render} from '../../src/render/index.ts'
import type {Section, TextOptions} from '../../src/render/view.ts'
import {coverageView} from '../../src/render/views/coverage.ts'
import {leftoversView} from '../../src/render/views/leftovers.ts'
import {mapView} from '../../src/render/views/map.ts'
import {rolloutView} from '../../src/render/views/rollout.ts'
import {statusView} from '../../src/render/views/status.ts'
import {whyView} from '../../src/render/views/why.ts'
import type {ReportHeader} from '../../src/reports/report.ts'
import {type CauseCluster, clusters} from '../clusters-by-cause.ts'
import {type Asked, askedOf} from '../every-question.ts'

export interface SavedList {
  readonly items: readonly object[]
}

/** Every small cluster that shows a cause, and what real controllers made, as a file would hold it. */
export const sources: readonly CauseCluster[] = clusters

/** As a plain file has it: without our own note nothing says when it was saved. */
export function asList(cluster: ClusterSnapshot): SavedList {
  return JSON.parse(JSON.stringify(toList(cluster))) as SavedList
}

/** What is read of a list, and what is said of what was left out. */
export function readList(list: unknown): {snapshot: ClusterSnapshot; misshapen: readonly string[]} {
  const gathered = gathering()
  gathered.add(toDocument(list, 'x'))
  return {snapshot: gathered.snapshot(), misshapen: gathered.misshapen()}
}

type View = (report: never, options: TextOptions) => readonly Section<unknown>[]

const VIEWS: Readonly<Record<string, View>> = {
  map: mapView as View,
  coverage: coverageView as View,
  rollout: rolloutView as View,
  status: statusView as View,
  leftovers: leftoversView as View,
  why: whyView as View,
}

/** Questions that may be asked about it; of very many things only the first are. */
export function questionsAbout(snapshot: ClusterSnapshot): readonly Asked[] {
  return askedOf(snapshot).slice(0, 40)
}

/** The report, and its lines in that format. */
export async function answer(
  snapshot: ClusterSnapshot,
  {text, question, scope}: Asked,
  format: Format,
  width?: number,
): Promise<{readonly report: ReportHeader<string>; readonly lines: readonly string[]}> {
  question.more(snapshot, scope)
  const report = question.build(snapshot, scope)
  const view = VIEWS[text.split(' ')[0] ?? ''] as View
  const lines = await render(
    {
      report,
      names: question.names(report),
      sections: (options) => view(report as never, options),
      surroundings: {title: text, before: [], after: []},
    },
    format,
    {
      isColored: false,
      isWide: format === 'wide',
      hasHeaders: true,
      hasNamespaces: true,
      ...(width && {width}),
    },
  )
  return {report, lines: [...lines]}
}
