import {describe, expect, test} from 'vitest'
import type {Fates} from '../../../src/model/foretold/course.ts'
import {daemonCourse} from '../../../src/model/foretold/daemon-course.ts'
import {acted, type DaemonWorld, daemonFactsOf} from '../../../src/model/foretold/daemon-world.ts'
import {settled} from '../../../src/model/foretold/settled.ts'
import {nameOf} from '../../../src/model/objects.ts'
import {isReady} from '../../../src/model/pod.ts'
import {daemonNext} from '../../../src/model/rollout/daemon-next.ts'
import type {Candidate} from '../../../src/model/rollout/next-step.ts'
import {serverVersionOf} from '../../../src/model/server-version.ts'
import {NOW, node, snapshot} from '../../builders.ts'
import {daemonPod, daemonSet, NEW, OLD, rollingUpdate} from '../../builders-daemon.ts'

const NODES = ['a', 'b', 'c', 'd']
const NOT_READY = {conditions: [{type: 'Ready', status: 'False'}]}

/** Old Pods everywhere, those of `down` not ready. */
function worldOf(
  limits: Parameters<typeof rollingUpdate>[0],
  down: readonly string[],
  version: string,
): DaemonWorld {
  return {
    daemonSet: daemonSet({strategy: rollingUpdate(limits)}),
    nodes: NODES.map((name) => node({name})),
    pods: NODES.map((name) => daemonPod(name, {hash: OLD, ...(down.includes(name) && {status: NOT_READY})})),
    hash: NEW,
    version: serverVersionOf({...snapshot({}), server: {version}}),
    now: NOW,
  }
}

/** New Pods on these never become ready. */
function fatesOf(world: DaemonWorld, bad: readonly string[]): Fates {
  const before = new Set(world.pods.map(nameOf))
  return {
    leaves: () => true,
    placed: (pod) => {
      const nodeName = pod.spec?.nodeName ?? ''
      return before.has(nameOf(pod)) ? undefined : {nodeName, isReady: !bad.includes(nodeName)}
    },
  }
}

const oldIn = ({pods}: DaemonWorld) =>
  pods.filter(({metadata}) => metadata?.labels?.['controller-revision-hash'] === OLD).length

/** Nodes with a Pod at work. */
const upIn = ({pods}: DaemonWorld) => new Set(pods.filter(isReady).map(({spec}) => spec?.nodeName)).size

/** How many old Pods there may be in the end, and how many nodes with one that works, whomever the controller picks first. */
function endsOf(world: DaemonWorld, fates: Fates): readonly (readonly [number, number])[] {
  const {actions, choose} = daemonNext(daemonFactsOf(world))
  if (choose) {
    const ways = subsetsOf(choose.from, choose.count)
    const after = ways.map((way) =>
      acted(world, [...actions, ...way.map((each) => ({action: choose.action, ...each}))]),
    )
    return after.flatMap((each) => endsOf(settled(each, fates), fates))
  }
  const after = settled(acted(world, actions), fates)
  const isSame = actions.length === 0 && after.pods.every((pod, index) => pod === world.pods[index])
  return isSame && after.pods.length === world.pods.length
    ? [[oldIn(world), upIn(world)]]
    : endsOf(after, fates)
}

function subsetsOf(all: readonly Candidate[], count: number): readonly (readonly Candidate[])[] {
  if (count === 0) return [[]]
  return all.flatMap((first, index) =>
    subsetsOf(all.slice(index + 1), count - 1).map((others) => [first, ...others]),
  )
}

const LIMITS = [1, 2, 3].flatMap((room) => [{maxUnavailable: room}, {maxSurge: room, maxUnavailable: 0}])
const BAD = [[], ['a'], ['d'], ['b', 'c'], ['a', 'b', 'c'], NODES]
const DOWN = [[], ['b'], ['a', 'd']]

/** Before 1.31 old Pods that are not ready used up nothing. */
const WAYS = ['v1.30.0', 'v1.34.0'].flatMap((version) =>
  LIMITS.flatMap((limits) => BAD.flatMap((bad) => DOWN.map((down) => [version, limits, bad, down] as const))),
)

describe('an update in every order that the controller may take', () => {
  test.each(WAYS)(
    '%s, %o, new Pods that fail on %o, old ones that are not ready on %o',
    (version, limits, bad, down) => {
      const world = worldOf(limits, down, version)
      const fates = fatesOf(world, bad)
      const {pods, chance} = daemonCourse(world, fates)
      const end = {...world, pods}
      const {fewer = 0, worse = 0} = chance ?? {}
      const ends = endsOf(world, fates)
      const old = ends.map(([each]) => each)
      const up = ends.map(([, each]) => each)
      expect([Math.min(...old), Math.max(...old)]).toEqual([oldIn(end), oldIn(end) + fewer])
      expect(Math.min(...up)).toBe(upIn(end) - worse)
    },
  )
})
