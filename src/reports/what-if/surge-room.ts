import type {Course} from '../../model/foretold/course.ts'
import {bornDaemon, type DaemonWorld, daemonFactsOf} from '../../model/foretold/daemon-world.ts'
import {type Miss, missOf} from '../../model/foretold/fit.ts'
import {type Stage, uidOf} from '../../model/foretold/stage.ts'
import {requestsRoom} from '../../model/foretold/wishes.ts'
import {worldOf} from '../../model/foretold/world.ts'
import {hostPortsOf} from '../../model/host-ports.ts'
import type {DaemonSet, Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {WhatIfEnd} from './report.ts'
import {few} from './words.ts'

/** The new Pod is created beside the old one, which goes once the new one is available. */
export function isSurging(world: DaemonWorld): boolean {
  return daemonFactsOf(world).budget?.mode === 'maxSurge'
}

/** What its node lacks for it as well. */
export function besideOld(stage: Stage): (pod: Pod) => Miss | undefined {
  return (pod) => {
    const node = stage.relations.node(pod.spec?.nodeName ?? '')
    return node && missOf(pod, [], stage, 'certain')(node)
  }
}

/** Why new Pods, each of which is beside an old one, do not get to their nodes; empty where that is not why. */
export function crampedText(world: DaemonWorld, course: Course<DaemonSet>, relations: Relations): string {
  if (!isSurging(world)) return ''
  const missing = besideOld(worldOf(relations).stage)
  const misses = comingPods(world, course).flatMap((pod) => {
    const miss = missing(pod)
    return miss ? [{node: pod.spec?.nodeName ?? '', why: missText(miss)}] : []
  })
  const [first] = misses
  if (!first) return ''
  const nodes = misses.filter(({why}) => why === first.why).map(({node}) => node)
  return ` (old and new do not fit on ${few(nodes)} side by side: ${first.why})`
}

/** Where chance decides whose they are, those of all nodes that it may be. */
function comingPods(world: DaemonWorld, {pods, chance}: Course<DaemonSet>): readonly Pod[] {
  const there = new Set(world.pods.map(uidOf))
  return chance
    ? chance.nodes.map((nodeName) => bornDaemon(world, {action: 'Create', pod: null, nodeName}))
    : pods.filter((each) => !there.has(uidOf(each)))
}

function missText(miss: Miss): string {
  if (miss.kind === 'Room') return `not enough ${miss.resource} left`
  if (miss.kind === 'Ports') return 'somebody there has the host port that it wants'
  return miss.kind === 'Limit' ? 'no more volumes of its driver' : 'a rule about other Pods is against it'
}

/** Without the Pods of all namespaces nobody knows whether two fit on a node. */
export function ifSeen(end: WhatIfEnd, world: DaemonWorld, relations: Relations): WhatIfEnd {
  const pod = bornDaemon(world, {action: 'Create', pod: null})
  const minds = requestsRoom(pod) || hostPortsOf(pod).length > 0
  if (end.state !== 'Done' || !minds || !isSurging(world) || relations.sees('pods')) return end
  const message = `pods of all namespaces could not be read: whether old and new Pods fit on a node side by side is <unknown>; if they do, ${end.message}`
  return {state: 'Unknown', message, waitsFor: null}
}
