/** What the public answers say of clusters that look alike. */
import {join} from 'node:path'
import {readSavedDocuments} from '../../src/cluster/saved-documents.ts'
import {fromDocuments} from '../../src/cluster/snapshot-file.ts'
import type {Finding} from '../../src/diagnosis/finding.ts'
import type {CauseId} from '../../src/diagnosis/order.ts'
import {nameOf, namespaceOf} from '../../src/model/objects.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {coverageQuestion} from '../../src/reports/coverage/question.ts'
import {mapQuestion} from '../../src/reports/map/question.ts'
import {rolloutQuestion} from '../../src/reports/rollout/question.ts'
import type {RolledWorkload} from '../../src/reports/rollout/report.ts'
import {whyQuestion} from '../../src/reports/why/question.ts'
import {whyKinds} from '../../src/reports/why/subject.ts'
import {snapshot} from '../builders.ts'
import type {SetFacts} from './subjects-sets.ts'

/** Small facts, or the name of a captured cluster. */
type Cluster = SetFacts | string

/** One side of a distinction: what must be found there, and what of the other side must not. */
export type Side = readonly [
  sentence: string,
  cluster: Cluster,
  is: readonly CauseId[],
  isNot: readonly CauseId[],
]

const captured = join(import.meta.dirname, '../causes/captured')
const EVERYTHING = {names: []}

async function read(cluster: Cluster): Promise<ClusterSnapshot> {
  if (typeof cluster === 'string') {
    return fromDocuments(await readSavedDocuments([join(captured, `${cluster}.yaml`)]))
  }
  const {unseen = [], version = 'v1.37.1', budgets = [], ...facts} = cluster
  return {...snapshot({podDisruptionBudgets: budgets, ...facts}, unseen), server: {version}}
}

/** Of map, coverage and rollout, and of why for each thing that can be asked about. */
export async function said(cluster: Cluster): Promise<readonly Finding[]> {
  const seen = await read(cluster)
  const scopes = whyKinds.flatMap((resource) =>
    seen[resource].map((object) => ({
      ...(resource !== 'nodes' && {namespace: namespaceOf(object)}),
      names: [{resource, name: nameOf(object)}],
    })),
  )
  return [
    ...mapQuestion.findings(mapQuestion.build(seen, EVERYTHING)),
    ...coverageQuestion.findings(coverageQuestion.build(seen, EVERYTHING)),
    ...rolloutQuestion.findings(rolloutQuestion.build(seen, EVERYTHING)),
    ...scopes.flatMap((scope) => whyQuestion.findings(whyQuestion.build(seen, scope))),
  ]
}

/** The first finding of that id. */
export async function saidOf(cluster: Cluster, id: CauseId): Promise<Finding | undefined> {
  return (await said(cluster)).find((finding) => finding.id === id)
}

/** How the rollout of the first set stands. */
export async function rolled(cluster: Cluster): Promise<RolledWorkload | undefined> {
  return rolloutQuestion.build(await read(cluster), EVERYTHING).workloads[0]
}

export const TOLD_APART = {missing: [], wrong: []}

/** Equal to `TOLD_APART` when all is found that should be, and nothing that should not. */
export async function judged([, cluster, is, isNot]: Side) {
  const ids = new Set((await said(cluster)).map(({id}) => id))
  return {
    missing: is.filter((id) => !ids.has(id)),
    wrong: isNot.filter((id) => ids.has(id)),
  }
}
