import type {V1Pod} from '@kubernetes/client-node'
import {behaviour, behaviourOf} from '../control-plane/situations/behaviours.ts'
import {addNodes, node} from '../control-plane/situations/nodes.ts'
import {isTerminating, isUnschedulable, untilPods} from '../control-plane/situations/waits.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {agent, agents, FIVE, isSecond, untilStatus, update} from './daemons-agents.ts'
import {lostDaemons} from './daemons-lost.ts'
import {daemonsAndNodes} from './daemons-nodes.ts'
import {isLooping, only} from './kubelet-members.ts'
import {lose, taint, untilTainted, untilTerminating} from './nodes-lost.ts'
import {untilSaid} from './set-steps.ts'

const onFour = behaviourOf({'worker-4': 'hang-terminating'})
const surging = {
  updateStrategy: {type: 'RollingUpdate', rollingUpdate: {maxSurge: 1, maxUnavailable: 0}},
}
const port = only({ports: [{containerPort: 9100, hostPort: 9100}]})

export const daemons: CapturedCauses = {
  'daemon-dead-node-eats-budget': {
    ask: 'ds/agent',
    proves: ['term-node-unreachable', 'ds-dead-node-eats-budget'],
    not: ['ds-new-pod-unavailable', 'ds-misscheduled-leftover', 'ds-misscheduled-blocks-budget'],
    later: 15,
    arrange: async (api) => {
      await agents(api, {annotations: onFour})
      await lose(api, 'worker-4')
      await update(api, {annotations: onFour}, isTerminating)
    },
  },
  'daemon-new-pods-eat-budget': {
    ask: 'ds/agent',
    proves: ['crash-loop', 'ds-new-pod-unavailable'],
    not: ['ds-dead-node-eats-budget', 'ds-old-unavailable-counts', 'ds-min-ready'],
    later: 10,
    arrange: async (api) => {
      await agents(api)
      await update(api, {annotations: behaviour('crash')}, isLooping)
    },
  },
  'daemon-left-after-taint': {
    ask: 'ds/agent',
    proves: ['ds-misscheduled-leftover'],
    not: ['ds-noexecute-evicted', 'ds-notready-shown-misscheduled', 'ds-excluded-taint'],
    later: 10,
    arrange: async (api) => {
      await agents(api)
      await taint(api, 'worker-4', 'dedicated=db:NoSchedule')
      await untilTainted(api, 'worker-4', 'NoSchedule')
    },
  },
  'daemon-driven-away': {
    ask: 'ds/agent',
    proves: ['ds-noexecute-evicted'],
    not: ['ds-misscheduled-leftover', 'ds-notready-shown-misscheduled', 'ds-dead-node-eats-budget'],
    arrange: async (api) => {
      await agents(api, {annotations: onFour})
      await taint(api, 'worker-4', 'dedicated=db:NoExecute')
      await untilTerminating(api)
      await untilStatus(api, ({desiredNumberScheduled}) => desiredNumberScheduled === 4)
    },
  },
  'daemon-excluded-by-selector': {
    ask: 'node/worker-4',
    proves: ['ds-excluded-selector'],
    not: ['ds-node-missing-pod', 'ds-excluded-taint', 'ds-excluded-nodename'],
    later: 10,
    arrange: async (api) => {
      const nodes = FIVE.map((name) => node(name, {labels: name === 'worker-4' ? {} : {agents: 'yes'}}))
      await addNodes(api, nodes)
      await api.apply(agent({podSpec: {nodeSelector: {agents: 'yes'}}}))
      await untilPods(api, NAMESPACE, 4)
    },
  },
  'daemon-on-delete': {
    ask: 'ds/agent',
    proves: ['ds-ondelete'],
    not: ['ds-new-pod-unavailable', 'ds-dead-node-eats-budget'],
    later: 10,
    arrange: async (api) => {
      const spec = {updateStrategy: {type: 'OnDelete'}}
      await agents(api, {spec})
      await api.apply(agent({image: 'registry.example/agent:2', spec}))
      await untilStatus(api, ({updatedNumberScheduled}) => !updatedNumberScheduled)
    },
  },
  'daemon-surge-waits': {
    ask: 'ds/agent',
    proves: ['readiness-failing', 'ds-surge-waiting-new'],
    not: ['ds-surge-hostport', 'ds-dead-node-eats-budget'],
    later: 10,
    arrange: async (api) => {
      await agents(api, {spec: surging})
      const isUp = (pod: V1Pod) => isSecond(pod) && pod.status?.phase === 'Running'
      await update(api, {annotations: behaviour('not-ready'), spec: surging}, isUp)
    },
  },
  'daemon-surge-host-port': {
    ask: 'ds/agent',
    proves: ['ds-surge-hostport'],
    not: ['sched-host-port', 'ds-unschedulable-pinned', 'ds-dead-node-eats-budget'],
    later: 10,
    arrange: async (api) => {
      await agents(api, {spec: surging, podSpec: port})
      const containers = [{...port.containers?.[0], name: 'app', image: 'registry.example/agent:2'}]
      await update(api, {spec: surging, podSpec: {containers}}, isUnschedulable)
    },
  },
  'daemon-refused-by-quota': {
    ask: 'ds/agent',
    proves: ['create-quota-exceeded'],
    not: ['ds-node-missing-pod', 'ds-excluded-taint'],
    later: 10,
    arrange: async (api) => {
      const metadata = {name: 'few', namespace: NAMESPACE}
      await api.apply({apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: {hard: {pods: '3'}}})
      await addNodes(
        api,
        FIVE.map((name) => node(name)),
      )
      await api.apply(agent())
      await untilPods(api, NAMESPACE, 3)
      await untilStatus(api, ({desiredNumberScheduled}) => desiredNumberScheduled === 5)
    },
  },
  'daemon-refused-by-pod-security': {
    ask: 'ds/agent',
    proves: ['create-podsecurity'],
    not: ['ds-node-missing-pod', 'ds-create-failed', 'create-scc', 'create-psp', 'ds-revision-sync-error'],
    later: 10,
    arrange: async (api) => {
      const label = 'pod-security.kubernetes.io/enforce=restricted'
      await api.kubectl(['label', 'namespace', NAMESPACE, label])
      await addNodes(
        api,
        FIVE.map((name) => node(name)),
      )
      await api.apply(agent())
      await untilStatus(api, ({desiredNumberScheduled}) => desiredNumberScheduled === 5)
      await untilSaid(api, 'FailedCreate', 'violates PodSecurity')
    },
  },
  'daemon-has-no-room': {
    ask: 'ds/agent',
    proves: ['sched-insufficient-cpu'],
    not: ['ds-node-missing-pod', 'sched-node-affinity', 'ds-unschedulable-pinned', 'ds-surge-hostport'],
    later: 10,
    arrange: async (api) => {
      const small = {resources: {cpu: '100m', memory: '1Gi'}}
      await addNodes(
        api,
        FIVE.map((name) => node(name, name === 'worker-4' ? small : {})),
      )
      await api.apply(agent({podSpec: only({resources: {requests: {cpu: '200m'}}})}))
      await untilPods(api, NAMESPACE, 4)
      await untilPods(api, NAMESPACE, 1, isUnschedulable)
    },
  },
  ...lostDaemons,
  ...daemonsAndNodes,
}
