import type {Arrival} from '../../model/foretold/arrivals.ts'
import {uidOf} from '../../model/foretold/stage.ts'
import type {SetWorld} from '../../model/foretold/stateful-set-course.ts'
import {zoneOf} from '../../model/node.ts'
import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isWell} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {desiredReplicas} from '../../model/stateful-set.ts'
import type {WorkloadFate, ZoneFate} from './report.ts'

/** What becomes of a StatefulSet: how many are ready, and in which zones. */
export function workloadFate(
  {
    before,
    after,
    lowest,
    waitsFor,
  }: {
    readonly before: SetWorld
    readonly after: Pick<SetWorld, 'set' | 'pods'>
    readonly lowest: number
    readonly waitsFor: string | null
  },
  arrivals: readonly Arrival[],
  relations: Relations,
): WorkloadFate {
  const {set} = after
  const ready = {
    before: before.pods.filter(isWell).length,
    end: after.pods.filter(isWell).length,
  }
  return {
    kind: 'StatefulSet',
    namespace: namespaceOf(set),
    name: nameOf(set),
    desired: desiredReplicas(set),
    ready: {...ready, lowest: Math.min(lowest, ready.before, ready.end)},
    zones: zonesOf(before.pods, after.pods, arrivals, relations),
    waitsFor,
  }
}

function zonesOf(
  before: readonly Pod[],
  after: readonly Pod[],
  arrivals: readonly Arrival[],
  relations: Relations,
): readonly ZoneFate[] {
  const byPod = new Map(arrivals.map((arrival) => [uidOf(arrival.pod), arrival]))
  const zoneIn = (name: string | undefined) => {
    const node = relations.node(name ?? '')
    return (node && zoneOf(node)) ?? null
  }
  const now = before.filter(isWell).map(({spec}) => zoneIn(spec?.nodeName))
  const then = after.filter(isWell).map((pod) => {
    const zones = new Set((byPod.get(uidOf(pod))?.nodes ?? [pod.spec?.nodeName]).map(zoneIn))
    return zones.size === 1 ? ([...zones][0] ?? null) : null
  })
  const names = [...new Set([...now, ...then])].toSorted((left, right) =>
    (left ?? '~') < (right ?? '~') ? -1 : 1,
  )
  if (names.every((zone) => zone === null)) return []
  const count = (zones: readonly (string | null)[], zone: string | null) =>
    zones.filter((each) => each === zone).length
  return names.map((zone) => ({zone, before: count(now, zone), end: count(then, zone)}))
}
