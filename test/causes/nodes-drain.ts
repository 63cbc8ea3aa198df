import type {V1Pod, V1PodDisruptionBudget, V1PodDisruptionBudgetSpec} from '@kubernetes/client-node'
import {behaviour, behaviourOf} from '../control-plane/situations/behaviours.ts'
import {addNodes} from '../control-plane/situations/nodes.ts'
import {untilPods} from '../control-plane/situations/waits.ts'
import {headlessService, type StatefulSetOptions, statefulSet} from '../control-plane/situations/workloads.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import {until} from '../control-plane/tools/until.ts'
import {type CapturedCauses, NAMESPACE} from './captured-cause.ts'
import {nodeOf, wellSet} from './nodes-lost.ts'

const PATH = `/apis/policy/v1/namespaces/${NAMESPACE}/poddisruptionbudgets`

/** Until the disruption controller has counted. */
async function budget(api: ControlPlane, spec: V1PodDisruptionBudgetSpec, name = 'db'): Promise<void> {
  await api.apply({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: {name, namespace: NAMESPACE},
    spec: {selector: {matchLabels: {app: 'db'}}, ...spec},
  })
  const read = () => api.get<V1PodDisruptionBudget>(`${PATH}/${name}`)
  await until(`${name} counted`, read, ({status}) => (status?.expectedPods ?? 0) > 0)
}

/** As `kubectl drain` begins. */
async function cordon(api: ControlPlane, pod: string): Promise<void> {
  await api.kubectl(['cordon', await nodeOf(api, pod)])
}

const isRunning = ({status}: V1Pod) => status?.phase === 'Running'

/** Three members at once, of which the first is not ready. */
async function unwellSet(api: ControlPlane, options: StatefulSetOptions = {}): Promise<void> {
  await addNodes(api)
  const spec = {podManagementPolicy: 'Parallel'}
  const annotations = behaviourOf({0: 'not-ready'})
  await api.apply([
    headlessService('db', NAMESPACE),
    statefulSet({namespace: NAMESPACE, annotations, spec, ...options}),
  ])
  await untilPods(api, NAMESPACE, 3, isRunning)
  await untilPods(api, NAMESPACE, 2)
}

/** Evictions that a budget refuses: they block drains, and never rollouts. */
export const disruptions: CapturedCauses = {
  'budget-blocks-drain': {
    ask: 'sts/db',
    proves: ['readiness-failing', 'pdb-blocks-drain'],
    not: ['pdb-impossible', 'pdb-unhealthy-member', 'pdb-multiple', 'pdb-not-involved'],
    later: 10,
    arrange: async (api) => {
      await unwellSet(api)
      await budget(api, {minAvailable: 2})
      await cordon(api, 'db-1')
    },
  },
  'budget-keeps-unhealthy-member': {
    ask: 'sts/db',
    proves: ['readiness-failing', 'pdb-unhealthy-member'],
    not: ['pdb-impossible', 'pdb-blocks-drain', 'pdb-multiple'],
    later: 10,
    arrange: async (api) => {
      await addNodes(api)
      const annotations = behaviourOf({0: 'not-ready', 1: 'not-ready'})
      const spec = {podManagementPolicy: 'Parallel'}
      await api.apply([
        headlessService('db', NAMESPACE),
        statefulSet({namespace: NAMESPACE, annotations, spec}),
      ])
      await untilPods(api, NAMESPACE, 3, isRunning)
      await untilPods(api, NAMESPACE, 1)
      await budget(api, {minAvailable: 2})
      await cordon(api, 'db-1')
    },
  },
  'budget-allows-nothing': {
    ask: 'sts/db',
    proves: ['pdb-impossible'],
    not: ['pdb-blocks-drain', 'pdb-unhealthy-member', 'pdb-multiple'],
    later: 10,
    arrange: async (api) => {
      await wellSet(api)
      await budget(api, {maxUnavailable: 0})
      await cordon(api, 'db-1')
    },
  },
  'two-budgets': {
    ask: 'sts/db',
    proves: ['pdb-multiple'],
    not: ['pdb-impossible', 'pdb-blocks-drain', 'pdb-unhealthy-member'],
    later: 10,
    arrange: async (api) => {
      await wellSet(api)
      await budget(api, {maxUnavailable: 1})
      await budget(api, {minAvailable: 2}, 'everything')
      await cordon(api, 'db-1')
    },
  },
  'budget-does-not-block-rollout': {
    ask: 'sts/db',
    proves: ['crash-loop', 'pdb-not-involved'],
    not: ['pdb-blocks-drain', 'pdb-unhealthy-member'],
    later: 10,
    arrange: async (api) => {
      await wellSet(api)
      await budget(api, {minAvailable: 2})
      const image = 'registry.example/db:2'
      await api.apply(statefulSet({namespace: NAMESPACE, image, annotations: behaviour('crash')}))
      const isCrashing = ({status}: V1Pod) => status?.containerStatuses?.[0]?.state?.waiting !== undefined
      await untilPods(api, NAMESPACE, 1, isCrashing)
      const read = () => api.get<V1PodDisruptionBudget>(`${PATH}/db`)
      await until('nothing allowed', read, ({status}) => status?.disruptionsAllowed === 0)
    },
  },
}
