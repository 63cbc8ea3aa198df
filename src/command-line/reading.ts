import type {Reading} from '../cluster/collect.ts'
import type {Connection} from '../cluster/connection.ts'
import type {LogNeed} from '../cluster/pod-log.ts'
import {serverVersion, withVersion} from '../cluster/server-version.ts'
import {asRequested} from '../model/as-requested.ts'
import type {Relate} from '../model/relations.ts'
import type {Need, Scope} from '../model/scope.ts'
import type {ClusterSnapshot} from '../model/snapshot.ts'
import type {UsageNeed} from '../model/usage.ts'
import type {Question} from '../reports/report.ts'
import {refuseWithoutAny, refuseWithoutSubject} from './not-found.ts'
import {passedNote} from './passed-note.ts'
import {type Request, scopeOf} from './request.ts'
import {inRounds} from './rounds.ts'
import {type Opening, withCluster} from './session.ts'

/** What a question is answered from. */
export interface Facts {
  readonly snapshot: ClusterSnapshot
  readonly scope: Scope
  /** Relations that remember those of the snapshot before; absent where there is only one. */
  readonly relate?: Relate
  /** How many different warnings the server sent. */
  readonly warnings?: number
  /** Sentence for saved files that were of no use. */
  readonly passedOver?: string
}

export type Asking = Pick<
  Question<never>,
  'needs' | 'more' | 'narrow' | 'scopeIn' | 'logs' | 'withTemplates' | 'usage'
>

/**
 * Reads what the question needs, from a cluster or from saved files.
 * @throws AnswerError when what the question is about can't be read.
 */
export function readFacts(request: Request, question: Asking, opening?: Opening): Promise<Facts> {
  return request.files.length > 0 ? savedFacts(request, question) : liveFacts(request, question, opening)
}

function liveFacts(request: Request, question: Asking, opening?: Opening): Promise<Facts> {
  const read = async (cluster: Omit<Reading, 'keep'>, scope: Scope) => ({
    snapshot: await readLive(cluster, question, scope),
    scope,
    warnings: cluster.connection.warnings?.() ?? 0,
  })
  return withCluster(request, read, opening)
}

/**
 * Snapshot with what a cluster answers to the needs of that question, round by round, and with the logs that it wants.
 * @throws AnswerError when what the question is about can't be read.
 */
export async function readLive(
  cluster: Omit<Reading, 'keep'>,
  question: Asking,
  scope: Scope,
): Promise<ClusterSnapshot> {
  const {collectFirst, collectMore, kept} = await import('../cluster/collect.ts')
  const reading = {...cluster, keep: kept}
  const custom = scope.custom && (await customIn(cluster.connection, scope))
  const asking = question.narrow?.(scope) ?? question
  const needs = asking.needs(scope)
  // what the question is about goes out first: over a new connection the others may have to wait for the server's greeting
  const subjects = collectFirst(reading, needs)
  const version = serverVersion(cluster.connection)
  const first = {...(await subjects), ...(custom && {custom})}
  refuseWithoutAny(needs, first)
  // by the version Pods are judged, so that it can come with these
  const known = first.pods.length > 0 ? withVersion(first, await version) : first
  const read = async (before: ClusterSnapshot, further: readonly Need[]) =>
    withVersion(await collectMore(reading, before, further), await version)
  const rounds = await inRounds(asking, scope, {snapshot: known, requested: needs}, read)
  const snapshot = withVersion(rounds.snapshot, await version)
  const measured = await withUsage(cluster, snapshot, question.usage?.(snapshot, scope))
  return withLogs(cluster.connection, measured, question.logs?.(snapshot, scope) ?? [])
}

async function customIn(connection: Connection, {custom = [], namespace}: Scope) {
  const {customObjects} = await import('../cluster/custom/read.ts')
  return customObjects(connection, custom, namespace)
}

async function withUsage(
  {connection, onProgress}: Omit<Reading, 'keep'>,
  snapshot: ClusterSnapshot,
  wanted: readonly UsageNeed[] | undefined,
): Promise<ClusterSnapshot> {
  if (wanted === undefined) return snapshot
  const {diskUsage} = await import('../cluster/disk-usage.ts')
  const {usage, omissions} = await diskUsage(connection, wanted, onProgress)
  return {...snapshot, usage, omissions: [...snapshot.omissions, ...omissions]}
}

async function withLogs(
  connection: Connection,
  snapshot: ClusterSnapshot,
  wanted: readonly LogNeed[],
): Promise<ClusterSnapshot> {
  if (wanted.length === 0) return snapshot
  const {podLog} = await import('../cluster/pod-log.ts')
  const answers = await Promise.all(wanted.map((need) => podLog(connection, need)))
  const logs = answers.filter((answer) => 'lines' in answer)
  const refusals = answers.filter((answer) => 'reason' in answer)
  return {...snapshot, logs, omissions: [...snapshot.omissions, ...refusals]}
}

async function savedFacts(request: Request, question: Asking): Promise<Facts> {
  const [{nothingPassed, savedDocuments}, {gathering}] = await Promise.all([
    import('../cluster/saved-documents.ts'),
    import('../cluster/snapshot-file.ts'),
  ])
  const gathered = gathering({namespace: request.namespace, withTemplates: question.withTemplates})
  const passed = nothingPassed()
  for await (const document of savedDocuments(request.files, passed)) gathered.add(document)
  passed.misshapen.push(...gathered.misshapen())
  const all = gathered.snapshot()
  const requested = scopeOf(request, request.namespace)
  const scope = question.scopeIn?.(all, requested) ?? requested
  refuseWithoutSubject(question.needs(scope), all, passed.misshapen)
  const passedOver = passedNote(passed)
  return {snapshot: await readFrom(all, question, scope), scope, ...(passedOver && {passedOver})}
}

/** Snapshot with what would have been requested of a cluster, round by round, out of one that holds all. */
export async function readFrom(
  all: ClusterSnapshot,
  {needs, more}: Asking,
  scope: Scope,
): Promise<ClusterSnapshot> {
  const first = needs(scope)
  let needed = first
  const read = (_: ClusterSnapshot, further: readonly Need[]) => {
    needed = [...needed, ...further]
    return asRequested(all, needed)
  }
  return (await inRounds({more}, scope, {snapshot: asRequested(all, first), requested: first}, read)).snapshot
}
