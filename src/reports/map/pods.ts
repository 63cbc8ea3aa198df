import {blame} from '../../diagnosis/blame.ts'
import {claimRules} from '../../diagnosis/claim/index.ts'
import {claimSubject} from '../../diagnosis/claim/subject.ts'
import {diagnose} from '../../diagnosis/finding.ts'
import {podReference} from '../../diagnosis/pod/reference.ts'
import {mountedClaims} from '../../model/mounted-claims.ts'
import {
  controllerUid,
  type Deployment,
  nameOf,
  namespaceOf,
  type Pod,
  type ReplicaSet,
} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {duplicates, mapClaim, mapNode, mapPod} from '../objects.ts'
import type {MappedOrdinal, MappedWorkload} from './report.ts'

/** A Deployment, Pod by Pod, through all its ReplicaSets. */
export function mapDeployment(deployment: Deployment, relations: Relations): MappedWorkload {
  const uid = deployment.metadata?.uid
  const pods = relations.snapshot.replicaSets
    .filter((set) => uid !== undefined && controllerUid(set) === uid)
    .flatMap((set) => relations.podsOf(set.metadata?.uid))
  return mapPods('Deployment', deployment, pods, relations)
}

/** A ReplicaSet, Pod by Pod. */
export function mapReplicaSet(set: ReplicaSet, relations: Relations): MappedWorkload {
  return mapPods('ReplicaSet', set, relations.podsOf(set.metadata?.uid), relations)
}

function mapPods(
  kind: 'Deployment' | 'ReplicaSet',
  workload: Deployment | ReplicaSet,
  pods: readonly Pod[],
  relations: Relations,
): MappedWorkload {
  const shared = duplicates(pods.flatMap((pod) => [...new Set(mountedClaims(pod))]))
  const byName = pods.toSorted((left, right) => (nameOf(left) < nameOf(right) ? -1 : 1))
  const ordinals = byName.map((pod) => mapOne(pod, workload.spec?.minReadySeconds ?? 0, shared, relations))
  return {
    kind,
    namespace: namespaceOf(workload),
    name: nameOf(workload),
    uid: workload.metadata?.uid ?? '',
    desiredReplicas: workload.spec?.replicas ?? 1,
    ordinalStart: null,
    podManagementPolicy: null,
    serviceName: null,
    ordinals,
    spread: null,
    // two Pods may mount one claim
    findings: blame(
      ordinals.flatMap(({findings}) => findings),
      {subject: {kind, namespace: namespaceOf(workload), name: nameOf(workload)}, blockers: []},
      relations,
    ),
  }
}

function mapOne(
  pod: Pod,
  minReadySeconds: number,
  shared: ReadonlySet<string>,
  relations: Relations,
): MappedOrdinal {
  const names = [...new Set(mountedClaims(pod))]
  const nodeName = pod.spec?.nodeName
  return {
    ordinal: null,
    state: 'desired',
    pod: mapPod(pod, minReadySeconds, relations.snapshot.observedAt),
    nameHeldBy: null,
    claims: names.map((name) =>
      mapClaim(
        {name, template: null, mounted: true, shared: shared.has(name), nodeName},
        relations.claim(namespaceOf(pod), name),
        relations,
      ),
    ),
    node: mapNode(pod, relations),
    identity: null,
    findings: blame(
      names.flatMap((name) => diagnose(claimRules, claimSubject(namespaceOf(pod), name, relations))),
      {subject: podReference(pod), blockers: []},
      relations,
    ),
  }
}
