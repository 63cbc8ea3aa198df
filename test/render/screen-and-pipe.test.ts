import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {readSavedDocuments} from '../../src/cluster/saved-documents.ts'
import {fromDocuments} from '../../src/cluster/snapshot-file.ts'
import {drawn} from '../../src/render/drawn.ts'
import {textLines} from '../../src/render/text.ts'
import type {Section, TextOptions} from '../../src/render/view.ts'
import {allNodesView, coverageView} from '../../src/render/views/coverage.ts'
import {matrixView} from '../../src/render/views/coverage-matrix.ts'
import {leftoversView} from '../../src/render/views/leftovers.ts'
import {mapView} from '../../src/render/views/map.ts'
import {rolloutView} from '../../src/render/views/rollout.ts'
import {statusView} from '../../src/render/views/status.ts'
import {whyView} from '../../src/render/views/why.ts'
import type {MapReport} from '../../src/reports/map/report.ts'
import {askedOf} from '../every-question.ts'

type View = (report: never, options: TextOptions) => readonly unknown[]

const views: Readonly<Record<string, readonly View[]>> = {
  MapReport: [mapView],
  CoverageReport: [coverageView, allNodesView, matrixView],
  RolloutReport: [rolloutView],
  StatusReport: [statusView],
  WhyReport: [whyView],
  LeftoversReport: [leftoversView],
}

const scenarios = join(import.meta.dirname, '../scenarios')
const clusters = readdirSync(scenarios).filter((name) => existsSync(join(scenarios, name, 'cluster.yaml')))

const plain = {isWide: false, hasHeaders: true, hasNamespaces: true}

/** Every answer about the captured cluster. */
async function reportsOf(name: string): Promise<readonly MapReport[]> {
  const snapshot = fromDocuments(await readSavedDocuments([join(scenarios, name, 'cluster.yaml')]))
  return askedOf(snapshot).map(({question, scope}) => question.build(snapshot, scope) as MapReport)
}

/** Its tables. */
function tablesOf(report: MapReport, options: TextOptions): readonly (readonly string[])[] {
  return (views[report.kind] ?? []).map((view) => {
    const sections = view(report as never, options) as readonly Section<unknown>[]
    return [
      ...textLines(
        sections.map((section) => ({...section, paragraphs: []})),
        options,
      ),
    ]
  })
}

test.for(clusters)('%s looks the same on a screen as on a pipe where nothing wraps', async (name) => {
  for (const report of await reportsOf(name))
    for (const options of [
      {...plain, isColored: false, width: 1000},
      {...plain, isColored: true, width: 1000},
      {...plain, isColored: true, isWide: true, width: 80},
    ]) {
      const tables = tablesOf(report, options)
      expect(tables.length).toBeGreaterThan(0)
      expect(tablesOf(report, {...options, draw: drawn})).toEqual(tables)
    }
})
