import type {KubernetesObject} from '../../src/model/objects.ts'
import {volumeClaimTemplate} from './claim.ts'
import type {Loaded, Owner} from './common.ts'
import {podSpec} from './pod.ts'

/** How many of its Pods there are, and how many of them are ready. */
interface Counts {
  readonly desired: number
  readonly there: number
  readonly ready: number
}

/** Where a workload is, and how its Pods are labelled. */
export interface WorkloadFacts {
  readonly namespace: string
  readonly name: string
  readonly labels: object
  readonly counts: Counts
}

export function statefulSet({namespace, name, labels, counts}: WorkloadFacts): Loaded {
  const {desired, there, ready} = counts
  return {
    path: `/apis/apps/v1/namespaces/${namespace}/statefulsets`,
    object: {
      metadata: {name, labels},
      spec: {
        replicas: desired,
        serviceName: name,
        selector: {matchLabels: labels},
        template: {metadata: {labels}, spec: podSpec(name, 'StatefulSet', undefined)},
        volumeClaimTemplates: [volumeClaimTemplate],
      },
      status: {
        observedGeneration: 1,
        replicas: there,
        readyReplicas: ready,
        availableReplicas: ready,
        currentReplicas: there,
        updatedReplicas: there,
        currentRevision: `${name}-${HASH}`,
        updateRevision: `${name}-${HASH}`,
        collisionCount: 0,
      },
    } as KubernetesObject,
  }
}

export function daemonSet({namespace, name, labels, counts}: WorkloadFacts): Loaded {
  const {desired, there, ready} = counts
  return {
    path: `/apis/apps/v1/namespaces/${namespace}/daemonsets`,
    object: {
      metadata: {name, labels},
      spec: {
        selector: {matchLabels: labels},
        template: {metadata: {labels}, spec: podSpec(name, 'DaemonSet', undefined)},
      },
      status: {
        observedGeneration: 1,
        desiredNumberScheduled: desired,
        currentNumberScheduled: there,
        updatedNumberScheduled: there,
        numberReady: ready,
        numberAvailable: ready,
        numberUnavailable: desired - ready,
        numberMisscheduled: 0,
      },
    } as KubernetesObject,
  }
}

/** Hash of the only revision that a workload has. */
export const HASH = '6c9f5d7b8d'

/** That revision, which holds the template. */
export function revision(owner: Owner, {namespace, name, labels}: WorkloadFacts): Loaded {
  const template = {metadata: {labels}, spec: podSpec(name, owner.kind, undefined), $patch: 'replace'}
  return {
    path: `/apis/apps/v1/namespaces/${namespace}/controllerrevisions`,
    object: {
      metadata: {
        name: `${name}-${HASH}`,
        labels: {...labels, 'controller-revision-hash': HASH},
        ownerReferences: [{apiVersion: 'apps/v1', ...owner, controller: true, blockOwnerDeletion: true}],
      },
      revision: 1,
      data: {spec: {template}},
    } as KubernetesObject,
  }
}

/** The headless Service that gives a StatefulSet's Pods their names. */
export function service({namespace, name, labels}: WorkloadFacts): Loaded {
  return {
    path: `/api/v1/namespaces/${namespace}/services`,
    object: {
      metadata: {name, labels},
      spec: {clusterIP: 'None', selector: labels, ports: [{name: 'db', port: 5432}]},
    } as KubernetesObject,
  }
}
