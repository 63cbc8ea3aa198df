import {nameOf, namespaceOf} from '../../model/objects.ts'
import {type Relations, relate as relateOnce} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import {owned} from '../needs/owned.ts'
import type {Question} from '../report.ts'
import {rolloutQuestion} from './question.ts'
import type {RolloutReport} from './report.ts'
import {differencesOf} from './revision-differences.ts'
import {historyOf} from './revision-history.ts'
import {daemonSetUses, type RevisionUses, statefulSetUses} from './revision-uses.ts'
import type {WorkloadRevisions} from './revisions-report.ts'

/** Which revisions are there, who runs which, and what did the last one change? Only this reads their templates. */
export function revisionsQuestion(showsValues: boolean): Question<RolloutReport> {
  const needs = (scope: Scope) => withAll(rolloutQuestion.needs(scope), scope)
  const narrow = (scope: Scope) => narrowed(rolloutQuestion.narrow?.(scope), scope)
  return {
    ...rolloutQuestion,
    withTemplates: true,
    needs,
    // all of them are read already
    more: (snapshot, scope, relate) => withoutRevisions(rolloutQuestion.more(snapshot, scope, relate)),
    narrow,
    build: (snapshot, scope, relate = relateOnce) => {
      const report = rolloutQuestion.build(snapshot, scope, relate)
      const relations = relate(snapshot)
      return {
        ...report,
        revisions: usesOf(report, relations).map((uses) => revisionsOf(uses, relations, showsValues)),
      }
    },
  }
}

type Asking = Pick<Question<never>, 'needs' | 'more'>

/** Of named workloads their own revisions, by their selectors, whatever else would read more of them. */
function narrowed(asking: Asking | undefined, {names}: Scope): Asking | undefined {
  if (!asking) return undefined
  if (names.length === 0)
    return {
      needs: (scope) => withAll(asking.needs(scope), scope),
      more: (snapshot, scope) => withoutRevisions(asking.more(snapshot, scope)),
    }
  return {
    needs: (scope) => withoutRevisions(asking.needs(scope)),
    more: (snapshot, scope) => [
      ...withoutRevisions(asking.more(snapshot, scope)),
      ...owned('controllerRevisions', [...snapshot.statefulSets, ...snapshot.daemonSets]).map(withTemplates),
    ],
  }
}

/** The list of all revisions, once, whatever else is read. */
function withAll(needs: readonly Need[], scope: Scope): readonly Need[] {
  return [...withoutRevisions(needs), withTemplates({resource: 'controllerRevisions', ...within(scope)})]
}

function withoutRevisions(needs: readonly Need[]): readonly Need[] {
  return needs.filter(({resource}) => resource !== 'controllerRevisions')
}

function withTemplates(need: Need): Need {
  return {...need, withTemplates: true}
}

function usesOf({workloads}: RolloutReport, relations: Relations): readonly RevisionUses[] {
  return workloads.flatMap(({kind, namespace, name}) => {
    const [set, daemonSet] = [relations.statefulSet(namespace, name), relations.daemonSet(namespace, name)]
    if (kind === 'StatefulSet') return set ? [statefulSetUses(set, relations)] : []
    return daemonSet ? [daemonSetUses(daemonSet, relations)] : []
  })
}

function revisionsOf(uses: RevisionUses, {sees}: Relations, showsValues: boolean): WorkloadRevisions {
  const {kind, set, revisions, keyOf, updateKey} = uses
  const seesRevisions = sees('controllerRevisions')
  const update = revisions.find((each) => keyOf(each) === updateKey)
  return {
    kind,
    namespace: namespaceOf(set),
    name: nameOf(set),
    updateRevision: (update ? nameOf(update) : updateKey) ?? null,
    collisionCount: set.status?.collisionCount ?? 0,
    history: historyOf(uses, seesRevisions),
    differences: differencesOf(uses, {showsValues, seesRevisions}),
  }
}
