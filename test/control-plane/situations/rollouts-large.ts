import type {Rollout} from '../rollout/plugin.ts'
import type {ControlPlane} from '../tools/control-plane.ts'
import {behaviour} from './behaviours.ts'
import {edit, template} from './edits.ts'
import {addNodes, node} from './nodes.ts'
import {untilPods, untilReady} from './waits.ts'
import {daemonSet, statefulSet} from './workloads.ts'

const NODES = 300

/** By namespace: what is rolled out. */
const ROLLOUTS = {
  small: ['statefulsets', 'db'],
  large: ['statefulsets', 'db'],
  daemon: ['daemonsets', 'agent'],
} as const
export type Namespace = keyof typeof ROLLOUTS
export const NAMESPACES = Object.keys(ROLLOUTS) as Namespace[]

/** A trapped set of 5, a Parallel one of 200, and a DaemonSet on 300 nodes, each with a Pod whose image is broken. */
export async function brokenRollouts(controlPlane: ControlPlane, rollout: Rollout): Promise<void> {
  const nodes = Array.from({length: NODES}, (_, index) => node(`worker-${index}`))
  await addNodes(controlPlane, nodes)
  await Promise.all(NAMESPACES.map(controlPlane.createNamespace))
  const common = {image: 'registry.example/db:1', annotations: behaviour('ready')}
  await controlPlane.apply([
    statefulSet({namespace: 'small', replicas: 5, ...common}),
    statefulSet({namespace: 'large', replicas: 200, spec: {podManagementPolicy: 'Parallel'}, ...common}),
    daemonSet({namespace: 'daemon', ...common}),
  ])
  await Promise.all([
    untilReady(controlPlane, 'small', 'db'),
    untilReady(controlPlane, 'large', 'db'),
    untilPods(controlPlane, 'daemon', NODES),
  ])
  await Promise.all(NAMESPACES.map((namespace) => breakIt(controlPlane, rollout, namespace)))
  await edit(controlPlane, 'statefulsets', ['small', 'db'], template('db:1'))
  await rollout.until(['-n', 'small'], ({state}) => state === 'Stalled')
}

async function breakIt(controlPlane: ControlPlane, rollout: Rollout, namespace: Namespace): Promise<void> {
  const [plural, name] = ROLLOUTS[namespace]
  await edit(controlPlane, plural, [namespace, name], template('db:nope', 'image-pull'))
  await rollout.until(['-n', namespace], ({blockedBy}) => blockedBy?.status === 'ImagePullBackOff')
}
