import {behaviour} from '../situations/behaviours.ts'
import {TYPES, type Written} from './types.ts'

/** A Pod that an operator makes. */
interface Made {
  readonly name: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly claims?: readonly string[]
}

/** An object of an operator, and the Pods that the operator has made of it. */
export interface Operated {
  readonly written: Written
  readonly pods: readonly Made[]
}

const hash = (revision: string) => ({'controller-revision-hash': revision})

/** Three replicas without ordinal 1, which is reserved and still has its Pod; 3 is not there yet; half updated, in place. */
const kruiseSet: Operated = {
  written: {
    type: TYPES.kruiseSet,
    name: 'db',
    spec: {
      replicas: 3,
      reserveOrdinals: [1],
      serviceName: 'db',
      podManagementPolicy: 'Parallel',
      selector: {matchLabels: {app: 'db'}},
      template: {metadata: {labels: {app: 'db'}}, spec: {containers: [{name: 'app', image: 'db:2'}]}},
      volumeClaimTemplates: [{metadata: {name: 'data'}, spec: {accessModes: ['ReadWriteOnce']}}],
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: {partition: 0, maxUnavailable: '25%', podUpdatePolicy: 'InPlaceIfPossible'},
      },
    },
    status: {
      observedGeneration: 1,
      replicas: 3,
      readyReplicas: 3,
      updatedReplicas: 1,
      currentRevision: 'db-5c6d',
      updateRevision: 'db-7f8a',
    },
  },
  pods: [
    {name: 'db-0', labels: {app: 'db', ...hash('db-5c6d')}, claims: ['data-db-0']},
    {name: 'db-1', labels: {app: 'db', ...hash('db-5c6d')}, claims: ['data-db-1']},
    {name: 'db-2', labels: {app: 'db', ...hash('db-7f8a')}, claims: ['data-db-2']},
  ],
}

/** Two nodes of three updated; the third is kept by its partition. */
const kruiseDaemons: Operated = {
  written: {
    type: TYPES.kruiseDaemons,
    name: 'agent',
    spec: {
      selector: {matchLabels: {app: 'agent'}},
      template: {metadata: {labels: {app: 'agent'}}, spec: {containers: [{name: 'app', image: 'agent:2'}]}},
      updateStrategy: {type: 'RollingUpdate', rollingUpdate: {rollingUpdateType: 'Standard', partition: 1}},
    },
    status: {observedGeneration: 1, desiredNumberScheduled: 2, numberReady: 2, daemonSetHash: '9d1'},
  },
  pods: [
    {name: 'agent-x7f2k', labels: {app: 'agent', ...hash('9d1')}},
    {name: 'agent-12345', labels: {app: 'agent', ...hash('4b2')}},
  ],
}

const STRIMZI = {'strimzi.io/cluster': 'kafka', 'strimzi.io/kind': 'Kafka'}
const broker = (number: number, revision: string): Made => ({
  name: `kafka-broker-${number}`,
  labels: {...STRIMZI, 'strimzi.io/pod-name': `kafka-broker-${number}`},
  annotations: {'strimzi.io/revision': revision},
  claims: [`data-0-kafka-broker-${number}`],
})

/** Brokers 0 and 10 of three: 10 is of an older revision, 11 is not there. */
const strimzi: Operated = {
  written: {
    type: TYPES.strimzi,
    name: 'kafka-broker',
    spec: {
      selector: {matchLabels: STRIMZI},
      pods: [0, 10, 11].map((number) => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {name: `kafka-broker-${number}`, annotations: {'strimzi.io/revision': 'b2'}},
        spec: {
          volumes: [{name: 'data-0', persistentVolumeClaim: {claimName: `data-0-kafka-broker-${number}`}}],
        },
      })),
    },
    status: {observedGeneration: 1, pods: 3, readyPods: 2, currentPods: 1},
  },
  pods: [broker(0, 'b2'), broker(10, 'a1')],
}

const instance = (number: number): Made => ({
  name: `pg-${number}`,
  labels: {'cnpg.io/cluster': 'pg', 'cnpg.io/instanceName': `pg-${number}`, 'cnpg.io/podRole': 'instance'},
  claims: [`pg-${number}`],
})

/** Instance 2 is gone for good, and 4 was made in its place; 4 crashes. */
const cnpg: Operated = {
  written: {
    type: TYPES.cnpg,
    name: 'pg',
    spec: {instances: 3, primaryUpdateStrategy: 'unsupervised', storage: {size: '1Gi'}},
    status: {
      instances: 3,
      readyInstances: 2,
      currentPrimary: 'pg-3',
      targetPrimary: 'pg-3',
      instanceNames: ['pg-1', 'pg-3', 'pg-4'],
      phase: 'Waiting for the instances to become active',
      phaseReason: 'Some instances are not yet active',
    },
  },
  pods: [instance(1), instance(3), {...instance(4), annotations: behaviour('crash')}],
}

/** Two members, and a helper without a number. */
const cache: Operated = {
  written: {type: TYPES.cache, name: 'hot', spec: {replicas: 2}, status: {}},
  pods: [{name: 'hot-10'}, {name: 'hot-9'}, {name: 'hot-proxy'}],
}

export const ALL: readonly Operated[] = [kruiseSet, kruiseDaemons, strimzi, cnpg, cache]
