import type {KubernetesObject} from '../model/objects.ts'
import type {Need} from '../model/scope.ts'
import {
  type ClusterSnapshot,
  isBroken,
  type Observed,
  type Omission,
  type ResourceKey,
  snapshotOf,
  WRONG_SHAPE,
} from '../model/snapshot.ts'
import {AnswerError, StatusError} from './errors.ts'
import {joined} from './joined.ts'
import {detailOf, reasonOf} from './refusal-words.ts'
import {pluralOf, resourceKeys} from './resources.ts'
import {setsOf} from './shape/whose.ts'
import {type Wrong, wrongSentence} from './shape/wrong.ts'

/** What became of one need. */
export type NeedResult = Seen | Omission

export interface Seen {
  readonly objects: readonly KubernetesObject[]
  /** What was left out. */
  readonly wrong?: readonly Wrong[]
}

/** What is known before something is read. */
export type Known = Pick<ClusterSnapshot, 'observedAt' | 'statefulSets' | 'daemonSets'>

/** One snapshot of the answers to all needs. */
export function assemble(
  known: Known,
  needs: readonly Need[],
  answers: readonly NeedResult[],
  server: string,
): ClusterSnapshot {
  const facts: Partial<Record<ResourceKey, readonly KubernetesObject[]>> = {}
  const omissions: Omission[] = []
  const wrong: KubernetesObject[] = []
  needs.forEach(({resource, isExtra}, index) => {
    const answer = answers[index] ?? {objects: []}
    if ('resource' in answer) {
      const isSilent = (isExtra && !isBroken(answer)) || isTold(answer, omissions)
      omissions.push(...(isSilent ? [] : [answer]))
      return
    }
    facts[resource] = joined(facts[resource] ?? [], answer.objects)
    if (!answer.wrong) return
    for (const {object} of answer.wrong) wrong.push(object)
    const message = wrongSentence(server, answer.wrong)
    const omission = {resource: pluralOf(resource), reason: WRONG_SHAPE, message}
    if (!isTold(omission, omissions)) omissions.push(omission)
  })
  const snapshot = snapshotOf(known.observedAt, {...(facts as Partial<Observed>), omissions})
  const inPart = [...new Set([...setsOf(wrong, snapshot), ...setsOf(wrong, known)])]
  return inPart.length > 0 ? {...snapshot, inPart} : snapshot
}

/** Of several that were asked for by their names each may be refused in the same words. */
function isTold({resource, message}: Omission, told: readonly Omission[]): boolean {
  return told.some((each) => each.resource === resource && each.message === message)
}

/** A snapshot with those answers added; its clock and server stay. */
export function withMore(snapshot: ClusterSnapshot, more: ClusterSnapshot): ClusterSnapshot {
  const lists = resourceKeys.map((key) => [key, joined<KubernetesObject>(snapshot[key], more[key])])
  const omissions = [...snapshot.omissions, ...more.omissions].toSorted(inOrderOfKinds)
  const inPart = [...new Set([...(snapshot.inPart ?? []), ...(more.inPart ?? [])])]
  return {...snapshot, ...Object.fromEntries(lists), omissions, ...(inPart.length > 0 && {inPart})}
}

/** In whatever round each was refused. */
function inOrderOfKinds(left: Omission, right: Omission): number {
  const plurals = resourceKeys.map(pluralOf)
  return plurals.indexOf(left.resource) - plurals.indexOf(right.resource)
}

/**
 * That a need could not be met.
 * @throws the error itself when it concerns the subject of the question, or is not one of the cluster's.
 */
export function omission(need: Need, error: unknown): Omission {
  const isRefusal = error instanceof AnswerError && !(error instanceof StatusError && error.code === 401)
  if (need.isSubject === true || !isRefusal) throw error
  return {resource: pluralOf(need.resource), reason: reasonOf(error), message: detailOf(error)}
}
