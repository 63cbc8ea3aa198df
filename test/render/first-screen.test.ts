import {join} from 'node:path'
import {expect, test} from 'vitest'
import {readSavedDocuments} from '../../src/cluster/saved-documents.ts'
import {fromDocuments} from '../../src/cluster/snapshot-file.ts'
import {readFrom} from '../../src/command-line/reading.ts'
import type {Scope} from '../../src/model/scope.ts'
import {textLines} from '../../src/render/text.ts'
import type {Section, TextOptions} from '../../src/render/view.ts'
import {rolloutView} from '../../src/render/views/rollout.ts'
import {whyView} from '../../src/render/views/why.ts'
import type {Question, ReportHeader} from '../../src/reports/report.ts'
import {rolloutQuestion} from '../../src/reports/rollout/question.ts'
import {whyQuestion} from '../../src/reports/why/question.ts'

const screen = {width: 80, isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}
const ROWS = 24

type View<Report> = (report: Report, options: TextOptions) => readonly Section<unknown>[]

/** What is asked about the set `db` of a captured cluster, on a terminal of 80 columns. */
async function linesOf<Report extends ReportHeader<string>>(
  file: string,
  question: Question<Report>,
  view: View<Report>,
): Promise<readonly string[]> {
  const path = join(import.meta.dirname, '..', file)
  const all = fromDocuments(await readSavedDocuments([path]))
  const scope: Scope = {namespace: 'shop', names: [{resource: 'statefulSets', name: 'db'}]}
  const report = question.build(await readFrom(all, question, scope), scope)
  return [...textLines(view(report, screen), screen)]
}

test.for(['stuck-rollout', 'trapped-by-old-revision'])(
  'why: all up to the end of the chain is on one screen: %s',
  async (scenario) => {
    const lines = await linesOf(`scenarios/${scenario}/cluster.yaml`, whyQuestion, whyView)
    const chain = lines.findIndex((line) => line.startsWith('LINK '))
    expect(lines.indexOf('', chain)).toBeLessThanOrEqual(ROWS)
    expect(lines.findIndex((line) => line.startsWith('Act '))).toBeLessThan(12)
  },
)

test('rollout: the command that helps is on the first screen, however long the queue', async () => {
  const file = 'scenarios/trapped-by-old-revision/cluster.yaml'
  const lines = await linesOf(file, rolloutQuestion, rolloutView)
  expect(lines.slice(0, ROWS - 2)).toContain('          kubectl delete pod -n shop db-3')
})

test.for<[string, string]>([
  ['why', 'stuck-rollout'],
  ['rollout', 'stuck-rollout'],
  ['why', 'trapped-by-old-revision'],
  ['rollout', 'trapped-by-old-revision'],
])('%s: no line stands twice: %s', async ([command, scenario]) => {
  const file = `scenarios/${scenario}/cluster.yaml`
  const lines = await (command === 'why'
    ? linesOf(file, whyQuestion, whyView)
    : linesOf(file, rolloutQuestion, rolloutView))
  const sentences = lines.map((line) => line.slice(10)).filter((text) => text.length > 30)
  expect(sentences).toEqual([...new Set(sentences)])
})
