import type {V1PersistentVolume} from '@kubernetes/client-node'
import {behaviourOf} from '../control-plane/situations/behaviours.ts'
import {addNodes, node} from '../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass, zonalVolume} from '../control-plane/situations/volumes.ts'
import {isUnschedulable, untilPods} from '../control-plane/situations/waits.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {agent, agents, FIVE, isSecond, update} from './daemons-agents.ts'
import {lose, nodeOf, stop, taint, untilTainted, wellSet} from './nodes-lost.ts'

const LETTERS = ['a', 'b', 'c']
const hangs = behaviourOf({1: 'hang-terminating'})
const NOT_TOLERATED = ['sched-taint', 'sched-pv-node-affinity', 'sched-node-cordoned']

/** Three members, each with a disk that only its own node, or only its own zone, reaches. */
async function withDisks(
  api: ControlPlane,
  disk: (letter: string) => V1PersistentVolume,
  annotations: Record<string, string> = {},
): Promise<string> {
  await api.apply([storageClass(), ...LETTERS.map(disk)])
  await wellSet(api, {claims: [claim('data')], annotations})
  return nodeOf(api, 'db-1')
}

const local = (letter: string) => localVolume(`disk-${letter}`, `node-${letter}`)
const zonal = (letter: string) => zonalVolume(`disk-${letter}`, `zone-${letter}`)

/** Its node takes no new Pod, and its disk no other node. */
async function makeAgain(api: ControlPlane, node: string, ...flags: readonly string[]): Promise<void> {
  await untilTainted(api, node, 'NoSchedule')
  await stop(api, 'db-1', ...flags)
  await untilPods(api, NAMESPACE, 1, isUnschedulable)
}

/** Taints of controllers: what keeps Pods off the node is something else, of which they are the sign. */
export const passing: CapturedCauses = {
  'needed-node-silent': {
    ask: 'sts/db',
    proves: ['sched-node-not-ready'],
    not: [...NOT_TOLERATED, 'term-node-unreachable', 'node-notready-not-evicted'],
    later: 10,
    arrange: async (api) => {
      const lost = await withDisks(api, local, hangs)
      await lose(api, lost)
      await makeAgain(api, lost, '--grace-period=0', '--force')
    },
  },
  'needed-node-scaled-down': {
    ask: 'sts/db',
    proves: ['sched-node-leaving'],
    not: NOT_TOLERATED,
    later: 10,
    arrange: async (api) => {
      const host = await withDisks(api, local)
      await taint(api, host, 'ToBeDeletedByClusterAutoscaler=1795174800:NoSchedule')
      await makeAgain(api, host)
    },
  },
  'needed-node-disrupted': {
    ask: 'sts/db',
    proves: ['sched-node-leaving'],
    not: NOT_TOLERATED,
    later: 10,
    arrange: async (api) => {
      const host = await withDisks(api, zonal)
      await taint(api, host, 'karpenter.sh/disrupted:NoSchedule')
      await makeAgain(api, host)
    },
  },
  'needed-node-not-set-up': {
    ask: 'sts/db',
    proves: ['sched-node-starting'],
    not: NOT_TOLERATED,
    later: 10,
    arrange: async (api) => {
      const host = await withDisks(api, zonal)
      await taint(api, host, 'ebs.csi.aws.com/agent-not-ready=true:NoSchedule')
      await makeAgain(api, host)
    },
  },
  'daemon-node-scaled-down': {
    ask: 'ds/agent',
    proves: ['ds-node-leaving'],
    not: ['ds-misscheduled-leftover', 'ds-notready-shown-misscheduled', 'ds-update-removes-pods'],
    later: 10,
    arrange: async (api) => {
      await agents(api)
      await taint(api, 'worker-4', 'ToBeDeletedByClusterAutoscaler=1795174800:NoSchedule')
      await untilTainted(api, 'worker-4', 'NoSchedule')
    },
  },
  'daemon-update-meets-taint': {
    ask: 'ds/agent',
    proves: ['readiness-failing', 'ds-update-removes-pods'],
    not: ['ds-misscheduled-leftover', 'ds-node-leaving', 'ds-noexecute-evicted'],
    later: 20,
    arrange: async (api) => {
      // the update first replaces the Pod that is not ready, and gets no further
      const annotations = behaviourOf({'worker-1': 'not-ready'})
      await addNodes(
        api,
        FIVE.map((name) => node(name)),
      )
      await api.apply(agent({annotations}))
      await untilPods(api, NAMESPACE, 4)
      await taint(api, 'worker-4', 'dedicated=db:NoSchedule')
      await untilTainted(api, 'worker-4', 'NoSchedule')
      await update(api, {annotations}, isSecond)
    },
  },
}
