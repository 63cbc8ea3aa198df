import type {V1Pod} from '@kubernetes/client-node'
import {behaviour, behaviourOf, STOPS, says, setBehaviour} from '../control-plane/situations/behaviours.ts'
import {addNodes} from '../control-plane/situations/nodes.ts'
import {claim, localVolume, storageClass} from '../control-plane/situations/volumes.ts'
import {isUnschedulable, untilPods, untilReady} from '../control-plane/situations/waits.ts'
import {headlessService, statefulSet} from '../control-plane/situations/workloads.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {untilTold, waitsFor} from './kubelet-members.ts'
import {attacher, diskSet, driverPods} from './nodes-disks.ts'
import {IMPATIENT, lose, nodeOf, stop, taint, untilTerminating, wellSet} from './nodes-lost.ts'

const hangs = behaviourOf({1: 'hang-terminating'})
const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'

const hasStopped = ({status}: V1Pod) => status?.containerStatuses?.[0]?.state?.terminated !== undefined

/** Pods that do not go away, or that nobody tells to go. */
export const terminating: CapturedCauses = {
  'node-unreachable': {
    ask: 'sts/db',
    proves: ['term-node-unreachable'],
    not: ['term-grace-period', 'term-container-wont-die', 'term-finalizer', 'node-notready-not-evicted'],
    later: 15,
    arrange: async (api) => {
      await wellSet(api, {annotations: hangs, podSpec: {tolerations: IMPATIENT}})
      await lose(api, await nodeOf(api, 'db-1'))
      await untilTerminating(api)
    },
  },
  'node-lost-not-evicted': {
    ask: 'sts/db',
    proves: ['node-notready-not-evicted'],
    not: ['term-node-unreachable', 'readiness-failing', 'evicted-by-taint'],
    later: 2,
    arrange: async (api) => {
      await wellSet(api, {annotations: hangs})
      await lose(api, await nodeOf(api, 'db-1'))
    },
  },
  'out-of-service-half-done': {
    ask: 'sts/db',
    proves: ['term-out-of-service-incomplete'],
    not: ['term-out-of-service-left-behind', 'node-notready-not-evicted', 'term-node-unreachable'],
    later: 15,
    arrange: async (api) => {
      const tolerations = [{operator: 'Exists'}]
      await wellSet(api, {annotations: hangs, podSpec: {tolerations}})
      const lost = await nodeOf(api, 'db-1')
      await lose(api, lost)
      await taint(api, lost, OUT_OF_SERVICE)
    },
  },
  'out-of-service-left-behind': {
    ask: 'sts/db',
    proves: ['sched-taint'],
    not: [
      'term-out-of-service-incomplete',
      'term-node-unreachable',
      'evicted-by-taint',
      'sched-pv-node-affinity',
    ],
    later: 10,
    arrange: async (api) => {
      const volumes = ['a', 'b', 'c'].map((letter) => localVolume(`disk-${letter}`, `node-${letter}`))
      await api.apply([storageClass(), ...volumes])
      await wellSet(api, {claims: [claim('data')]})
      const back = await nodeOf(api, 'db-1')
      await taint(api, back, OUT_OF_SERVICE)
      await untilPods(api, NAMESPACE, 1, isUnschedulable)
    },
  },
  'out-of-service-drives-away': {
    ask: 'sts/db',
    proves: ['term-out-of-service-left-behind'],
    not: ['term-out-of-service-incomplete', 'term-node-unreachable', 'evicted-by-taint'],
    arrange: async (api) => {
      await wellSet(api, {annotations: hangs})
      await taint(api, await nodeOf(api, 'db-1'), OUT_OF_SERVICE)
      await untilTerminating(api)
    },
  },
  'volume-will-not-unmount': {
    ask: 'sts/db',
    proves: ['term-volume-unmount-stuck'],
    not: ['term-finalizer', 'term-container-wont-die', 'sts-failed-with-finalizer', 'term-node-unreachable'],
    later: 10,
    arrange: async (api) => {
      await diskSet(api, {annotations: {...behaviour('hang-terminating'), ...STOPS}})
      await attacher(api, 'node-a', {attached: true})
      await untilReady(api, NAMESPACE, 'db')
      await stop(api, 'db-0')
      await untilTerminating(api, hasStopped)
    },
  },
  'storage-driver-down-on-node': {
    ask: 'sts/db',
    proves: ['term-kubelet-or-csi-pod-down'],
    not: ['term-volume-unmount-stuck', 'term-container-wont-die', 'term-finalizer'],
    later: 10,
    arrange: async (api) => {
      await diskSet(api, {annotations: {...behaviour('hang-terminating'), ...STOPS}})
      await attacher(api, 'node-a', {attached: true})
      await api.apply(driverPods(behaviour('crash')))
      await untilReady(api, NAMESPACE, 'db')
      await untilPods(api, NAMESPACE, 2, waitsFor('CrashLoopBackOff'))
      await stop(api, 'db-0')
      await untilTerminating(api, hasStopped)
    },
  },
  'finalizer-holds-name': {
    ask: 'sts/db',
    proves: ['sts-failed-with-finalizer'],
    not: ['term-container-wont-die', 'term-volume-unmount-stuck', 'term-grace-period'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api)
      const annotations = {...behaviour('hang-terminating'), ...STOPS}
      const set = statefulSet({namespace: NAMESPACE, annotations})
      const template = set.spec?.template.metadata
      if (template) template.finalizers = ['dns.example.com/release']
      await api.apply([headlessService('db', NAMESPACE), set])
      await untilPods(api, NAMESPACE, 3)
      await stop(api, 'db-1')
      await untilTerminating(api, hasStopped)
      await setBehaviour(api, NAMESPACE, 'db-1', 'ready')
      await untilTerminating(api, ({metadata}) => metadata?.deletionGracePeriodSeconds === 0)
    },
  },
  'container-will-not-die': {
    ask: 'sts/db',
    proves: ['term-container-wont-die'],
    not: ['term-node-unreachable', 'term-finalizer', 'term-volume-unmount-stuck', 'term-grace-period'],
    later: 10,
    arrange: async (api) => {
      await wellSet(api, {annotations: {...hangs, ...says('kill-failed')}})
      await stop(api, 'db-1')
      await untilTerminating(api)
      await untilTold(api, 1)
    },
  },
  'node-object-gone': {
    ask: 'sts/db',
    proves: ['term-node-object-gone'],
    not: ['term-node-unreachable', 'term-finalizer', 'node-notready-not-evicted'],
    arrange: async (api) => {
      await wellSet(api, {annotations: hangs})
      const lost = await nodeOf(api, 'db-1')
      await lose(api, lost)
      await api.kubectl(['delete', 'node', lost])
    },
  },
  'evicted-by-taint': {
    ask: 'sts/db',
    proves: ['evicted-by-taint'],
    not: ['term-node-unreachable', 'term-out-of-service-left-behind', 'evicted-node-pressure'],
    arrange: async (api) => {
      await wellSet(api, {annotations: hangs})
      await taint(api, await nodeOf(api, 'db-1'), 'maintenance=kernel:NoExecute')
      await untilTerminating(api)
    },
  },
}
