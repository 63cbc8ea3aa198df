import type {PodDisruptionBudget} from '../../../src/model/objects.ts'
import type {ResourceName} from '../../../src/model/scope.ts'
import type {Observed, ResourceKey} from '../../../src/model/snapshot.ts'
import type {Change} from '../../../src/reports/what-if/change.ts'
import {whatIfQuestion} from '../../../src/reports/what-if/question.ts'
import type {WhatIfReport} from '../../../src/reports/what-if/report.ts'
import {claim, node, pinnedTo, pod, snapshot, statefulSet, volume} from '../../builders.ts'

const ZONE = 'topology.kubernetes.io/zone'

/** What would be of a cluster that holds nothing else. */
export function whatIf(
  facts: Partial<Observed>,
  change: Change,
  ...names: readonly ResourceName[]
): WhatIfReport {
  return whatIfQuestion(change).build(snapshot(facts), {names})
}

/** The same of one of which kinds could not be read: they are not there, or only in part. */
export function whatIfUnseen(
  unseen: readonly ResourceKey[],
  facts: Partial<Observed>,
  change: Change,
  ...names: readonly ResourceName[]
): WhatIfReport {
  return whatIfQuestion(change).build(snapshot(facts, unseen), {names})
}

export const named = (resource: ResourceName['resource'], name: string): ResourceName => ({resource, name})

/** Nodes a, b and c, each in a zone of its own. */
export const nodes = ['a', 'b', 'c'].map((letter) =>
  node({
    name: `node-${letter}`,
    metadata: {labels: {[ZONE]: `zone-${letter}`, 'kubernetes.io/hostname': `node-${letter}`}},
    status: {allocatable: {cpu: '4', pods: '10'}},
  }),
)

type SetOptions = Parameters<typeof statefulSet>[0]

/** The set `web`, with an ordinal on each node in turn; `pinned`: each has a disk there. */
export function web(replicas: number, options: SetOptions & {pinned?: boolean} = {}): Partial<Observed> {
  const {pinned = false, ...others} = options
  const ordinals = Array.from({length: replicas}, (_, ordinal) => ordinal)
  const nodeOf = (ordinal: number) => `node-${'abc'[ordinal % 3]}`
  const {whenDeleted} = options.spec?.persistentVolumeClaimRetentionPolicy ?? {}
  const ownerReferences = whenDeleted === 'Delete' ? [ownedBy('web')] : []
  const set = statefulSet({replicas, templates: pinned ? ['data'] : [], ...others})
  return {
    nodes,
    statefulSets: [
      {...set, status: {replicas, currentRevision: 'web-1', updateRevision: 'web-1', observedGeneration: 1}},
    ],
    pods: ordinals.map((ordinal) =>
      pod({
        name: `web-${ordinal}`,
        spec: {nodeName: nodeOf(ordinal), ...(!pinned && {volumes: []})},
      }),
    ),
    persistentVolumeClaims: pinned
      ? ordinals.map((ordinal) => claim({name: `data-web-${ordinal}`, metadata: {ownerReferences}}))
      : [],
    persistentVolumes: pinned
      ? ordinals.map((ordinal) =>
          volume({
            name: `pv-data-web-${ordinal}`,
            spec: {
              ...pinnedTo('kubernetes.io/hostname', nodeOf(ordinal)),
              persistentVolumeReclaimPolicy: 'Delete',
            },
          }),
        )
      : [],
  }
}

/** As its controller makes a set the owner of claims. */
function ownedBy(set: string) {
  return {apiVersion: 'apps/v1', kind: 'StatefulSet', name: set, uid: `uid-${set}`, controller: true}
}

/** So many of the set's Pods have to stay healthy, and so many are. */
export function budget(desiredHealthy: number, currentHealthy: number): PodDisruptionBudget {
  return {
    metadata: {name: 'web', namespace: 'shop'},
    spec: {selector: {matchLabels: {app: 'web'}}},
    status: {
      expectedPods: currentHealthy,
      desiredHealthy,
      currentHealthy,
      disruptionsAllowed: Math.max(0, currentHealthy - desiredHealthy),
    },
  }
}
