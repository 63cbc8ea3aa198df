import {expect} from 'vitest'
import {untilQuiet, untilSync} from '../lockstep/play.ts'
import {behaviourOf} from '../situations/behaviours.ts'
import {addNodes, covering, ofDaemonSet, type Rollout, rolled, taint} from './scripts.ts'

const strategy = (rollingUpdate: object) => ({type: 'RollingUpdate', rollingUpdate})

const at = (version: number, pool: string, ...nodes: readonly number[]) =>
  Object.fromEntries(nodes.map((node) => [`${pool}-${node}`, String(version)]))

const DEAD = {NoSchedule: 'node.kubernetes.io/unreachable', NoExecute: 'node.kubernetes.io/unreachable'}

const NOT_READY = [
  {type: 'Ready', status: 'False'},
  {type: 'ContainersReady', status: 'False'},
]

export const DAEMON_SETS: readonly Rollout[] = [
  ofDaemonSet('one', 6, 'maxUnavailable 1, node by node', async function* (agent) {
    yield* covering(agent, strategy({maxUnavailable: 1}))
    yield* rolled(agent, 2)
    expect(await agent.versions()).toEqual(at(2, 'one', 0, 1, 2, 3))
    expect(agent.syncs.at(-1)?.workload.state).toBe('Complete')
  }),

  ofDaemonSet('third', 4, 'maxUnavailable 30%, rounded up', async function* (agent) {
    yield* covering(agent, strategy({maxUnavailable: '30%'}), {count: 5})
    yield* rolled(agent, 2)
    expect(await agent.versions()).toEqual(at(2, 'third', 0, 1, 2, 3, 4))
  }),

  ofDaemonSet('surge', 5, 'maxSurge 1: the new Pod comes before the old one goes', async function* (agent) {
    yield* covering(agent, strategy({maxSurge: 1, maxUnavailable: 0}))
    yield* rolled(agent, 2)
    expect(await agent.versions()).toEqual(at(2, 'surge', 0, 1, 2, 3))
  }),

  ofDaemonSet('many', 4, 'maxSurge 50%, with a Pod that was not ready', async function* (agent) {
    const annotations = behaviourOf({'many-1': 'not-ready'})
    yield* covering(agent, strategy({maxSurge: '50%', maxUnavailable: 0}), {annotations})
    yield* rolled(agent, 2, {'kubectl-stateful.test/behaviour.many-1': null})
    expect(await agent.versions()).toEqual(at(2, 'many', 0, 1, 2, 3))
  }),

  ofDaemonSet('dead', 4, 'a dead node uses up maxUnavailable until it is back', async function* (agent) {
    yield* covering(agent, strategy({maxUnavailable: 1}))
    const [lost] = (await agent.pods()).filter(({spec}) => spec?.nodeName === 'dead-1')
    const name = lost?.metadata?.name ?? ''
    await agent.behave(name, 'hang-terminating')
    await taint(agent.api, 'dead-1', DEAD)
    await agent.setStatus(name, {conditions: NOT_READY})
    yield* rolled(agent, 2)
    expect(await agent.versions()).toEqual(at(1, 'dead', 0, 2, 3))
    await agent.behave(name, 'ready')
    await taint(agent.api, 'dead-1')
    yield* untilQuiet(agent)
    expect(await agent.versions()).toEqual(at(2, 'dead', 0, 1, 2, 3))
  }),

  ofDaemonSet('by-person', 3, 'OnDelete: a person deletes them', async function* (agent) {
    yield* covering(agent, {type: 'OnDelete'}, {count: 2})
    yield* rolled(agent, 2)
    expect(await agent.versions()).toEqual(at(1, 'by-person', 0, 1))
    for (const {metadata} of await agent.pods()) {
      await agent.deletePod(metadata?.name ?? '')
      yield* untilQuiet(agent)
    }
    expect(await agent.versions()).toEqual(at(2, 'by-person', 0, 1))
  }),

  ofDaemonSet(
    'tainted',
    5,
    'a node is tainted in the middle, NoSchedule and then NoExecute',
    async function* (agent) {
      yield* covering(agent, strategy({maxUnavailable: 1}))
      await agent.roll(2)
      yield* untilSync(agent, ({workload: {counts}}) => counts.updated === 1)
      const outdated = Object.entries(await agent.versions()).find(([, version]) => version === '1')
      const node = outdated?.[0] ?? ''
      await taint(agent.api, node, {NoSchedule: 'dedicated'})
      yield* untilQuiet(agent)
      expect((await agent.versions())[node]).toBeUndefined()
      await taint(agent.api, node)
      yield* untilQuiet(agent)
      expect(await agent.versions()).toEqual(at(2, 'tainted', 0, 1, 2, 3))
      await taint(agent.api, 'tainted-2', {NoExecute: 'dedicated'})
      yield* untilQuiet(agent)
      expect(await agent.versions()).toEqual(at(2, 'tainted', 0, 1, 3))
    },
  ),

  ofDaemonSet('joined', 5, 'a node is added in the middle', async function* (agent) {
    yield* covering(agent, strategy({maxUnavailable: 1}), {count: 3})
    await agent.roll(2)
    yield* untilSync(agent, ({workload: {counts}}) => counts.updated === 1)
    await addNodes(agent, 'joined', 1, 3)
    yield* untilQuiet(agent)
    expect(await agent.versions()).toEqual(at(2, 'joined', 0, 1, 2, 3))
  }),

  ofDaemonSet('fallen', 4, 'Pods that failed or succeeded are replaced', async function* (agent) {
    yield* covering(agent, strategy({maxUnavailable: 1}))
    const [first, second] = (await agent.pods()).map(({metadata}) => metadata?.name ?? '')
    for (const [pod, phase] of [
      [first, 'Failed'],
      [second, 'Succeeded'],
    ] as const) {
      await agent.behave(pod ?? '', 'manual')
      await agent.setStatus(pod ?? '', {phase})
    }
    yield* rolled(agent, 2)
    expect(await agent.versions()).toEqual(at(2, 'fallen', 0, 1, 2, 3))
  }),
]
