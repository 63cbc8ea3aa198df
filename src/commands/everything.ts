import {AnswerError} from '../cluster/errors.ts'
import {resourceKeys, resources} from '../cluster/resources.ts'
import {sentenceOf} from '../command-line/omissions-note.ts'
import {type Need, type Scope, within} from '../model/scope.ts'
import {type ClusterSnapshot, isInPart, type ResourceKey} from '../model/snapshot.ts'

const WORKLOADS: readonly ResourceKey[] = ['statefulSets', 'daemonSets', 'deployments', 'replicaSets']

/** Every kind; only workloads are selected, for what matters besides may be what nobody selects. */
export function everything(scope: Scope): readonly Need[] {
  const {selector} = scope
  // there is a Lease for every node, and only that of the controllers is looked at
  const kinds = resourceKeys.filter((resource) => resource !== 'leases')
  const lease: Need = {resource: 'leases', namespace: 'kube-system', name: 'kube-controller-manager'}
  const needs = kinds.map((resource) => ({
    resource,
    ...(WORKLOADS.includes(resource) && selector !== undefined && {labelSelector: selector}),
    ...(resources[resource].namespaced && within(scope)),
  }))
  return [...needs, lease]
}

/** @throws AnswerError in kubectl's words when neither StatefulSets nor DaemonSets may be read. */
export function refuseIfBlind({omissions}: ClusterSnapshot): void {
  const [first, second] = omissions.filter(
    (each) => (each.resource === 'statefulsets' || each.resource === 'daemonsets') && !isInPart(each),
  )
  if (!first || !second) return
  throw new AnswerError(sentenceOf(first))
}
