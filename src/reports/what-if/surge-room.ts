import type {Course} from '../../model/foretold/course.ts'
import {bornDaemon, type DaemonWorld, daemonFactsOf} from '../../model/foretold/daemon-course.ts'
import {type Miss, missOf} from '../../model/foretold/fit.ts'
import {type Stage, uidOf} from '../../model/foretold/stage.ts'
import {requestsRoom} from '../../model/foretold/wishes.ts'
import {worldOf} from '../../model/foretold/world.ts'
import {hostPortsOf} from '../../model/host-ports.ts'
import type {DaemonSet, Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import type {WhatIfEnd} from './report.ts'

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

/** Why a new Pod, of which there is one beside the old one, does not get to its node; empty where that is not why. */
export function crampedText(world: DaemonWorld, {pods}: Course<DaemonSet>, relations: Relations): string {
  if (!isSurging(world)) return ''
  const there = new Set(world.pods.map(uidOf))
  const missing = besideOld(worldOf(relations).stage)
  for (const pod of pods.filter((each) => !there.has(uidOf(each)))) {
    const miss = missing(pod)
    if (miss) return ` (old and new do not fit on ${pod.spec?.nodeName} side by side: ${missText(miss)})`
  }
  return ''
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
