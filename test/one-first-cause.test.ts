import {globSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {readSavedDocuments} from '../src/cluster/saved-documents.ts'
import {fromDocuments} from '../src/cluster/snapshot-file.ts'
import {readFrom} from '../src/command-line/reading.ts'
import {rankOf} from '../src/diagnosis/causes.ts'
import type {Finding} from '../src/diagnosis/finding.ts'
import {type KubernetesObject, nameOf, namespaceOf} from '../src/model/objects.ts'
import type {Scope} from '../src/model/scope.ts'
import type {ClusterSnapshot} from '../src/model/snapshot.ts'
import {coverageQuestion} from '../src/reports/coverage/question.ts'
import {mapQuestion} from '../src/reports/map/question.ts'
import type {Question, ReportHeader} from '../src/reports/report.ts'
import {rolloutQuestion} from '../src/reports/rollout/question.ts'
import type {RolledWorkload} from '../src/reports/rollout/report.ts'
import {statusQuestion} from '../src/reports/status/question.ts'
import {whyQuestion} from '../src/reports/why/question.ts'

const files = globSync(['causes/captured/*.yaml', 'scenarios/*/cluster.yaml'], {
  cwd: import.meta.dirname,
}).toSorted()

type Kind = 'statefulSets' | 'daemonSets'
const KINDS = {statefulSets: 'StatefulSet', daemonSets: 'DaemonSet'} as const

async function answer<Report extends ReportHeader<string>>(
  question: Question<Report>,
  all: ClusterSnapshot,
  scope: Scope,
): Promise<Report> {
  return question.build(await readFrom(all, question, scope), scope)
}

/** What blocks something; what blocks nothing is shown where it belongs, and by nobody else. */
function cause(findings: readonly Finding[] | undefined): string | undefined {
  const first = findings?.find(({id}) => rankOf(id) !== 'aside')
  return first && `${first.id} of ${first.object.kind} ${first.object.name}`
}

function shown({blockedBy, findings}: RolledWorkload): readonly Finding[] {
  return [...(blockedBy?.findings ?? []), ...findings]
}

/** The cause that each command gives for that set; commands that show none are left out. */
async function causesOf(kind: Kind, set: KubernetesObject, all: ClusterSnapshot) {
  const [namespace, name] = [namespaceOf(set), nameOf(set)]
  const scope = {namespace, names: [{resource: kind, name}]}
  const isIt = (each: {name: string; namespace: string; kind?: string}) =>
    each.name === name && each.namespace === namespace && (each.kind ?? KINDS[kind]) === KINDS[kind]
  const found = {
    map:
      kind === 'statefulSets' ? (await answer(mapQuestion, all, scope)).workloads.find(isIt)?.findings : [],
    coverage:
      kind === 'daemonSets'
        ? (await answer(coverageQuestion, all, scope)).daemonSets.find(isIt)?.findings
        : [],
    rollout: (await answer(rolloutQuestion, all, scope)).workloads.filter(isIt).flatMap(shown),
    'rollout of all': (await answer(rolloutQuestion, all, {names: []})).workloads.filter(isIt).flatMap(shown),
    status: (await answer(statusQuestion, all, {names: []})).workloads.find(isIt)?.findings,
    why: (await answer(whyQuestion, all, scope)).findings,
  }
  return Object.entries(found).flatMap(([command, findings]) => {
    const first = cause(findings)
    return first ? [{command, first}] : []
  })
}

test.for(files)('%s: all commands name the same cause first', async (file) => {
  const all = fromDocuments(await readSavedDocuments([join(import.meta.dirname, file)]))
  for (const kind of ['statefulSets', 'daemonSets'] as const) {
    for (const set of all[kind]) {
      const causes = await causesOf(kind, set, all)
      const [first] = causes
      expect(causes).toEqual(causes.map(({command}) => ({command, first: first?.first})))
    }
  }
})
