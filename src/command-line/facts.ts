import {collect, collectMore, projected} from '../cluster/collect.ts'
import {AnswerError} from '../cluster/errors.ts'
import {type LogNeed, podLog} from '../cluster/pod-log.ts'
import {qualifiedPlural} from '../cluster/resources.ts'
import {fromDocuments} from '../cluster/snapshot-file.ts'
import {clean} from '../model/clean.ts'
import {inScope} from '../model/in-scope.ts'
import {type KubernetesObject, nameOf, namespaceOf} from '../model/objects.ts'
import type {Need, Scope} from '../model/scope.ts'
import {type ClusterSnapshot, isSeen, type ResourceKey} from '../model/snapshot.ts'
import type {Question} from '../reports/report.ts'
import type {Asked} from './asked.ts'
import {inRounds} from './rounds.ts'
import {type Cluster, withCluster} from './session.ts'

/** What a question is answered from. */
export interface Facts {
  readonly snapshot: ClusterSnapshot
  readonly scope: Scope
}

export type Asking = Pick<Question<never>, 'needs' | 'more' | 'logs'>

/**
 * Reads what the question needs, from a cluster or from saved files.
 * @throws AnswerError when what the question is about can't be read.
 */
export function readFacts(asked: Asked, question: Asking): Promise<Facts> {
  return asked.files.length > 0 ? savedFacts(asked, question) : liveFacts(asked, question)
}

function liveFacts(asked: Asked, question: Asking): Promise<Facts> {
  return withCluster(asked, async (cluster, scope) => {
    const reading = {...cluster, keep: projected}
    const needs = question.needs(scope)
    const first = await collect(reading, needs)
    refuseWithoutAny(needs, first)
    const read = (known: ClusterSnapshot, further: readonly Need[]) => collectMore(reading, known, further)
    const {snapshot} = await inRounds(question, scope, {snapshot: first, asked: needs}, read)
    return {snapshot: await withLogs(cluster, snapshot, question.logs?.(snapshot, scope) ?? []), scope}
  })
}

async function withLogs(
  {connection}: Cluster,
  snapshot: ClusterSnapshot,
  wanted: readonly LogNeed[],
): Promise<ClusterSnapshot> {
  if (wanted.length === 0) return snapshot
  const answers = await Promise.all(wanted.map((need) => podLog(connection, need)))
  const logs = answers.filter((answer) => 'lines' in answer)
  const refusals = answers.filter((answer) => 'reason' in answer)
  return {...snapshot, logs, omissions: [...snapshot.omissions, ...refusals]}
}

async function savedFacts(asked: Asked, {needs, more}: Asking): Promise<Facts> {
  const {readSavedDocuments} = await import('../cluster/saved-documents.ts')
  const {namespace, isAllNamespaces} = asked
  const scope = {...asked.scope, ...(namespace !== undefined && !isAllNamespaces && {namespace})}
  const documents = await readSavedDocuments(asked.files)
  const first = needs(scope)
  refuseWithoutSubject(first, fromDocuments(documents, keysOf(first)))
  const holding = (kinds: readonly Need[]) => inScope(fromDocuments(documents, keysOf(kinds)), scope)
  let needed = first
  const read = (_: ClusterSnapshot, further: readonly Need[]) => {
    needed = [...needed, ...further]
    return holding(needed)
  }
  const {snapshot} = await inRounds({more}, scope, {snapshot: holding(first), asked: first}, read)
  return {snapshot, scope}
}

/** @throws AnswerError when the files hold nothing of what the question is about, and do not say that there is none. */
function refuseWithoutSubject(needs: readonly Need[], {omissions}: ClusterSnapshot): void {
  const subjects = needs.filter(({isSubject}) => isSubject).map(({resource}) => resource.toLowerCase())
  const missing = subjects.filter((subject) => omissions.some(({resource}) => resource === subject))
  if (missing.length === subjects.length)
    throw new AnswerError(`error: no ${missing.join(', ')} in the files`)
}

function keysOf(needs: readonly Need[]): readonly ResourceKey[] {
  return needs.map(({resource}) => resource)
}

/** kubectl's sentences for the names that nothing, or more than one thing, was found for. */
export function notFound({snapshot, scope}: Facts, {files}: Asked): readonly string[] {
  return scope.names.flatMap((each) => {
    const kinds = each.or ? [each.resource, each.or] : [each.resource]
    const found = kinds.filter((kind) => snapshot[kind].some((object) => isNamed(object, each.name, scope)))
    if (found.length === 1) return []
    const name = clean(each.name)
    if (found.length > 1) return [`error: ${ambiguity(name, found)}`]
    const refusal = refusalOf(kinds, snapshot)
    if (refusal && files.length === 0) return [refusal]
    const what = `${kinds.map(qualifiedPlural).join(', ')} "${name}" not found`
    return [files.length > 0 ? `error: ${what} in the files` : `Error from server (NotFound): ${what}`]
  })
}

/** Files may hold what has that name in another namespace. */
function isNamed(object: KubernetesObject, name: string, {namespace}: Scope): boolean {
  const own = namespaceOf(object)
  return nameOf(object) === name && (namespace === undefined || own === '' || own === namespace)
}

function ambiguity(name: string, kinds: readonly ResourceKey[]): string {
  const choices = kinds.map((kind) => `${kind.toLowerCase()}/${name}`)
  return `"${name}" is the name of more than one workload: say ${choices.join(' or ')}`
}

/** The server's own words, where one of the kinds may not be read. */
function refusalOf(kinds: readonly ResourceKey[], {omissions}: ClusterSnapshot): string | undefined {
  const refused = omissions.find(({resource}) => kinds.some((kind) => kind.toLowerCase() === resource))
  return refused && `Error from server (${refused.reason}): ${clean(refused.message)}`
}

/** @throws AnswerError where one of several kinds would have been enough, and none of them could be read. */
export function refuseWithoutAny(needs: readonly Need[], snapshot: ClusterSnapshot): void {
  const kinds = needs.filter(({isSubject}) => isSubject === 'one-of').map(({resource}) => resource)
  const unseen = kinds.filter((kind) => !isSeen(snapshot, kind))
  if (kinds.length > 0 && unseen.length === kinds.length)
    throw new AnswerError(refusalOf(kinds, snapshot) ?? '')
}

/** Whether lines must say which namespace they are about: a file may hold several without being asked for all. */
export function hasNamespaces({isAllNamespaces, files}: Asked, namespaces: readonly string[]): boolean {
  return isAllNamespaces || (files.length > 0 && new Set(namespaces).size > 1)
}

/** kubectl's sentence for an empty answer. */
export function nothingFound({namespace}: Scope): string {
  return namespace === undefined
    ? 'No resources found'
    : `No resources found in ${clean(namespace)} namespace.`
}
