import {type KubernetesObject, nameOf} from '../../model/objects.ts'
import {type Relations, relate as relateOnce} from '../../model/relations.ts'
import type {Scope} from '../../model/scope.ts'
import type {ClusterSnapshot, ResourceKey} from '../../model/snapshot.ts'
import {isNarrow} from '../needs/lists.ts'
import {publishedNeeds} from '../needs/one-set.ts'
import {inOrder} from '../order.ts'
import {headerOf, type Question} from '../report.ts'
import {more, moreOnce, nameNeeds, narrowMore, narrowNeeds, needs} from './needs.ts'
import {mapDeployment, mapReplicaSet} from './pods.ts'
import type {MappedWorkload, MapReport} from './report.ts'
import {mapStatefulSet} from './stateful-set.ts'
import {usageNeeds} from './usage.ts'

/** Which ordinal runs in which Pod, on which claim, volume and node? */
export const mapQuestion: Question<MapReport> = {
  needs,
  more,
  narrow: (scope) => (isNarrow(scope) ? {needs: narrowNeeds, more: narrowMore} : {needs, more: moreOnce}),
  build: (snapshot, scope, relate = relateOnce) => ({
    ...headerOf('MapReport', snapshot),
    workloads: workloads(snapshot, scope, relate(snapshot)),
  }),
  findings: (report) => report.workloads.flatMap(({findings}) => findings),
  namespaces: (report) => report.workloads.map(({namespace}) => namespace),
  names: (report) => report.workloads.map(({kind, name}) => `${kind.toLowerCase()}.apps/${name}`),
}

/** The same, with what is on the disks. */
export const mapWithUsageQuestion: Question<MapReport> = {
  ...mapQuestion,
  usage: (snapshot, scope) => usageNeeds(workloads(snapshot, scope, relateOnce(snapshot))),
}

/** The same question, with what the governing Services publish: one list more, which nothing else needs. */
export function withNames(question: Question<MapReport>): Question<MapReport> {
  return {
    ...question,
    needs: (scope) => [...needs(scope), ...nameNeeds(scope)],
    narrow: (scope) => {
      const reads = mapQuestion.narrow?.(scope)
      if (!reads) return undefined
      const isNamed = isNarrow(scope) && scope.names.length > 0
      return {
        needs: (of) => [...reads.needs(of), ...(isNamed ? [] : nameNeeds(of))],
        more: (snapshot, of) => [
          ...reads.more(snapshot, of),
          ...(isNamed ? publishedNeeds(snapshot.statefulSets) : []),
        ],
      }
    },
  }
}

export const mapWithNamesQuestion = withNames(mapQuestion)

function workloads(snapshot: ClusterSnapshot, scope: Scope, relations: Relations): readonly MappedWorkload[] {
  return [
    ...inOrder(chosen(snapshot.statefulSets, 'statefulSets', scope)).map((set) =>
      mapStatefulSet(set, relations),
    ),
    ...inOrder(chosen(snapshot.deployments, 'deployments', scope)).map((each) =>
      mapDeployment(each, relations),
    ),
    ...inOrder(chosen(snapshot.replicaSets, 'replicaSets', scope)).map((set) =>
      mapReplicaSet(set, relations),
    ),
  ]
}

function chosen<T extends KubernetesObject>(
  objects: readonly T[],
  resource: ResourceKey,
  scope: Scope,
): readonly T[] {
  if (scope.names.length === 0) return resource === 'statefulSets' ? objects : []
  const names = new Set(scope.names.filter((each) => each.resource === resource).map(({name}) => name))
  return objects.filter((object) => names.has(nameOf(object)))
}
