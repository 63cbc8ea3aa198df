import type {V1DaemonSet, V1PodDisruptionBudget, V1StatefulSet} from '@kubernetes/client-node'
import type {Plural} from '../lockstep/play.ts'
import {behaviour, readyAfter} from '../situations/behaviours.ts'
import {initContainer} from '../situations/pod-template.ts'
import {claim} from '../situations/volumes.ts'
import {daemonSet, statefulSet} from '../situations/workloads.ts'
import type {Seeded} from '../tools/seeded.ts'
import type {Storage} from './healthy-storage.ts'

export interface Where {
  readonly name: string
  readonly namespace: string
  /** Its nodes have the label `lane` with this value. */
  readonly lane: string
}

/** Their Pods are not ready until somebody helps them: a long warming up. */
export const WARMING_UP = behaviour('not-ready')

const ORDINARY = [{}, readyAfter('1s'), readyAfter('2s'), readyAfter('4s'), WARMING_UP]

function template(random: Seeded, lane: string) {
  const {pick, chance} = random
  return {
    labels: {version: '0'},
    annotations: pick(ORDINARY),
    initContainers: chance(30) ? [initContainer('first'), initContainer('second')] : [],
    podSpec: {
      nodeSelector: {lane},
      ...(chance(30) && {tolerations: [{operator: 'Exists'}]}),
    },
  }
}

export function anyStatefulSet(random: Seeded, where: Where, storage: Storage): V1StatefulSet {
  const {pick, chance, below} = random
  const {namespace, lane} = where
  const rollingUpdate = {
    partition: chance(30) ? 1 + below(2) : 0,
    ...(chance(25) && {maxUnavailable: pick([1, 2, '50%'])}),
  }
  return statefulSet({
    ...where,
    ...template(random, lane),
    replicas: 1 + below(4),
    claims: storage === 'none' ? [] : [claim('data', {storageClass: namespace})],
    ...(chance(20) && {start: 2}),
    spec: {
      podManagementPolicy: pick(['OrderedReady', 'OrderedReady', 'Parallel']),
      updateStrategy: chance(20) ? {type: 'OnDelete'} : {type: 'RollingUpdate', rollingUpdate},
      minReadySeconds: pick([0, 0, 0, 1, 2]),
    },
  })
}

export function anyDaemonSet(random: Seeded, where: Where): V1DaemonSet {
  const {pick, chance} = random
  const surge = {maxSurge: pick([1, 2, '50%']), maxUnavailable: 0}
  const rollingUpdate = chance(50) ? surge : {maxUnavailable: pick([1, 2, '50%'])}
  return daemonSet({
    ...where,
    ...template(random, where.lane),
    spec: {
      updateStrategy: chance(20) ? {type: 'OnDelete'} : {type: 'RollingUpdate', rollingUpdate},
      minReadySeconds: pick([0, 0, 0, 1, 2]),
    },
  })
}

/** One that is counted: a DaemonSet has no scale that maxUnavailable could be taken of. */
export function budget({name, namespace}: Where, plural: Plural): V1PodDisruptionBudget {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: {name, namespace},
    spec: {
      ...(plural === 'daemonsets' ? {minAvailable: 1} : {maxUnavailable: 1}),
      selector: {matchLabels: {app: name}},
    },
  }
}
