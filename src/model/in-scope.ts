import {meetsQuery, parseLabelQuery} from './label-query.ts'
import {type KubernetesObject, namespaceOf} from './objects.ts'
import type {Scope} from './scope.ts'
import type {ClusterSnapshot} from './snapshot.ts'

/**
 * What a server would have selected, of a snapshot that holds more: workloads of the scope's namespace whose
 * labels meet its selector. All other objects stay: they are what the answer is made of.
 * @throws Error in kubectl's words for a selector that does not parse.
 */
export function inScope(snapshot: ClusterSnapshot, {namespace, selector}: Scope): ClusterSnapshot {
  const query = parseLabelQuery(selector ?? '')
  const isChosen = (object: KubernetesObject) =>
    (namespace === undefined || namespaceOf(object) === namespace) &&
    meetsQuery(query, object.metadata?.labels)
  return {
    ...snapshot,
    statefulSets: snapshot.statefulSets.filter(isChosen),
    daemonSets: snapshot.daemonSets.filter(isChosen),
    deployments: snapshot.deployments.filter(isChosen),
    replicaSets: snapshot.replicaSets.filter(isChosen),
  }
}
