import {AnswerError} from '../cluster/errors.ts'
import {qualifiedPlural} from '../cluster/resources.ts'
import {clean} from '../model/clean.ts'
import {type KubernetesObject, nameOf, namespaceOf} from '../model/objects.ts'
import type {Need, Scope} from '../model/scope.ts'
import {isSeen} from '../model/seen.ts'
import {type ClusterSnapshot, isInPart, type ResourceKey} from '../model/snapshot.ts'
import {sentenceOf} from './omissions-note.ts'
import {misshapenText} from './passed-note.ts'
import type {Request} from './request.ts'

/** What was read, and what it was read for. */
interface Read {
  readonly snapshot: ClusterSnapshot
  readonly scope: Scope
}

/** kubectl's sentences for the names that nothing, or more than one thing, was found for. */
export function notFound({snapshot, scope}: Read, {files}: Request): readonly string[] {
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
  return refused && sentenceOf(refused)
}

/** @throws AnswerError when the files hold nothing of what the question is about, and do not say that there is none. */
export function refuseWithoutSubject(
  needs: readonly Need[],
  {omissions}: ClusterSnapshot,
  misshapen: readonly string[],
): void {
  const subjects = needs.filter(({isSubject}) => isSubject).map(({resource}) => resource.toLowerCase())
  const missing = subjects.filter((subject) =>
    omissions.some((omission) => omission.resource === subject && !isInPart(omission)),
  )
  if (missing.length === subjects.length)
    throw new AnswerError(
      `error: no ${missing.join(', ')} in the files${misshapen.length > 0 ? `; they hold ${misshapenText(misshapen)}` : ''}`,
    )
}

/** @throws AnswerError where one of several kinds would have been enough, and none of them could be read. */
export function refuseWithoutAny(needs: readonly Need[], snapshot: ClusterSnapshot): void {
  const kinds = needs.filter(({isSubject}) => isSubject === 'one-of').map(({resource}) => resource)
  const unseen = kinds.filter((kind) => !isSeen(snapshot, kind) && snapshot[kind].length === 0)
  if (kinds.length > 0 && unseen.length === kinds.length)
    throw new AnswerError(refusalOf(kinds, snapshot) ?? '')
}
