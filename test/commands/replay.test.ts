import {globSync} from 'node:fs'
import {join} from 'node:path'
import {CORE_SCHEMA, load} from 'js-yaml'
import {expect, test} from 'vitest'
import {readSavedDocuments, type SavedDocument} from '../../src/cluster/saved-documents.ts'
import {fromDocuments, toList} from '../../src/cluster/snapshot-file.ts'
import {readFrom} from '../../src/command-line/reading.ts'
import {nameOf, namespaceOf} from '../../src/model/objects.ts'
import type {Scope} from '../../src/model/scope.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {toYaml} from '../../src/render/yaml.ts'
import {coverageQuestion} from '../../src/reports/coverage/question.ts'
import {mapQuestion} from '../../src/reports/map/question.ts'
import type {Question, ReportHeader} from '../../src/reports/report.ts'
import {rolloutQuestion} from '../../src/reports/rollout/question.ts'
import {statusQuestion} from '../../src/reports/status/question.ts'
import {whyQuestion} from '../../src/reports/why/question.ts'
import {whyKinds} from '../../src/reports/why/subject.ts'
import {PASSWORD, whole} from './whole-objects.ts'

const root = join(import.meta.dirname, '..')
const files = globSync(['causes/captured/*.yaml', 'scenarios/*/cluster.yaml'], {cwd: root}).toSorted()

interface Saved {
  readonly items: SavedDocument['objects']
  readonly snapshot: unknown
}

/** What `snapshot` writes of it, read back. */
function replayed(snapshot: ClusterSnapshot): ClusterSnapshot {
  const {items, snapshot: note} = load(toYaml(toList(snapshot)), {schema: CORE_SCHEMA}) as unknown as Saved
  return fromDocuments([{objects: items, note}])
}

/** Every question about everything in a cluster, and the answers. */
async function answers(all: ClusterSnapshot): Promise<ReadonlyMap<string, unknown>> {
  const subjects = whyKinds.flatMap((resource) =>
    all[resource].map((object) => ({
      ...(resource !== 'nodes' && {namespace: namespaceOf(object)}),
      names: [{resource, name: nameOf(object)}],
    })),
  )
  const asked = await Promise.all([
    answer(mapQuestion, all, {names: []}),
    answer(coverageQuestion, all, {names: []}),
    answer(rolloutQuestion, all, {names: []}),
    answer(statusQuestion, all, {names: []}),
    ...subjects.map((scope) => answer(whyQuestion, all, scope)),
  ])
  return new Map(asked)
}

async function answer<Report extends ReportHeader<string>>(
  question: Question<Report>,
  all: ClusterSnapshot,
  scope: Scope,
): Promise<readonly [string, unknown]> {
  const report = question.build(await readFrom(all, question, scope), scope)
  return [`${report.kind} ${JSON.stringify(scope)}`, report]
}

test.for(files)(
  '%s: its snapshot answers as the cluster does, and so does what kubectl prints',
  async (file) => {
    const [document] = await readSavedDocuments([join(root, file)])
    const objects = document?.objects.map(whole) ?? []
    const cluster = fromDocuments([{objects, note: document?.note}])
    const expected = await answers(cluster)
    expect(await answers(replayed(cluster))).toEqual(expected)

    const byKubectl = fromDocuments([{objects}])
    expect(await answers(replayed(byKubectl))).toEqual(await answers(byKubectl))
    expect(toYaml(toList(byKubectl))).not.toContain(PASSWORD)
  },
)
