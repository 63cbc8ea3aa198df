import type {Arrival} from '../../model/foretold/arrivals.ts'
import {uidOf} from '../../model/foretold/stage.ts'
import type {SetWorld} from '../../model/foretold/stateful-set-course.ts'
import {zoneOf} from '../../model/node.ts'
import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isWell} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {desiredReplicas, isMember} from '../../model/stateful-set.ts'
import type {WorkloadFate, ZoneFate} from './report.ts'

/** What becomes of a StatefulSet: how many are ready, and in which zones. */
export function workloadFate(
  {
    before,
    after,
    lowest,
    least = 0,
    waitsFor,
  }: {
    readonly before: SetWorld
    readonly after: Pick<SetWorld, 'set' | 'pods'>
    readonly lowest: number
    /** So many are ready in the end, wherever others may have found no node. */
    readonly least?: number
    readonly waitsFor: string | null
  },
  arrivals: readonly Arrival[],
  relations: Relations,
): WorkloadFate {
  const {set} = after
  const sure = certain(readyOf(after), arrivals)
  const end = Math.max(sure.length, Math.min(least, readyOf(after).length))
  const ready = {before: readyOf(before).length, end, endAtMost: readyOf(after).length}
  return {
    kind: 'StatefulSet',
    namespace: namespaceOf(set),
    name: nameOf(set),
    desired: desiredReplicas(set),
    ready: {...ready, lowest: Math.min(lowest, ready.before, ready.end)},
    zones: zonesOf(readyOf(before), sure, end - sure.length, arrivals, relations),
    waitsFor,
  }
}

/** Its own Pods that are at work: who else has the name of one does not count. */
export function readyOf({set, pods}: Pick<SetWorld, 'set' | 'pods'>): readonly Pod[] {
  return pods.filter((pod) => isMember(set, pod) && isWell(pod))
}

/** Without those that may find no node. */
function certain(pods: readonly Pod[], arrivals: readonly Arrival[]): readonly Pod[] {
  const unsure = new Set(arrivals.filter(({finds}) => finds !== 'Some').map(({pod}) => uidOf(pod)))
  return pods.filter((pod) => !unsure.has(uidOf(pod)))
}

function zonesOf(
  before: readonly Pod[],
  after: readonly Pod[],
  others: number,
  arrivals: readonly Arrival[],
  relations: Relations,
): readonly ZoneFate[] {
  const byPod = new Map(arrivals.map((arrival) => [uidOf(arrival.pod), arrival]))
  const zoneIn = (name: string | undefined) => {
    const node = relations.node(name ?? '')
    return (node && zoneOf(node)) ?? null
  }
  const now = before.map(({spec}) => zoneIn(spec?.nodeName))
  const known = after.map((pod) => {
    const zones = new Set((byPod.get(uidOf(pod))?.nodes ?? [pod.spec?.nodeName]).map(zoneIn))
    return zones.size === 1 ? ([...zones][0] ?? null) : null
  })
  const then = [...known, ...Array.from({length: others}, () => null)]
  const names = [...new Set([...now, ...then])].toSorted((left, right) =>
    (left ?? '~') < (right ?? '~') ? -1 : 1,
  )
  if (names.every((zone) => zone === null)) return []
  const count = (zones: readonly (string | null)[], zone: string | null) =>
    zones.filter((each) => each === zone).length
  return names.map((zone) => ({zone, before: count(now, zone), end: count(then, zone)}))
}
