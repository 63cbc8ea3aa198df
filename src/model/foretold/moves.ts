import {mountedClaims} from '../mounted-claims.ts'
import {namespaceOf, type Pod} from '../objects.ts'
import {recountCrowds} from './crowds.ts'
import {recountDraws} from './draws.ts'
import {guardedLabels} from './guards.ts'
import {hold} from './holdings.ts'
import {type Stage, standingOf, uidOf} from './stage.ts'
import type {Standing} from './standing.ts'
import {recount} from './tally.ts'
import {recountUnsettled} from './unsettled.ts'

/** These Pods are on their nodes no more. */
export function leave(stage: Stage, pods: readonly Pod[]): void {
  for (const pod of pods) {
    const standing = standingOf(stage, pod)
    if (!standing) continue
    uncount(stage, pod)
    remove(stage, standing)
    // who was on no node leaves nobody room
    if (standing.nodes.length > 0) stage.gone.add(uidOf(pod))
  }
}

/** What is seen where this Pod, which has come, is not: nobody has left for that. */
export function without<T>(stage: Stage, pod: Pod, look: () => T): T {
  const standing = stage.come.get(uidOf(pod))
  if (!standing) return look()
  uncount(stage, pod)
  remove(stage, standing)
  const seen = look()
  join(stage, standing)
  return seen
}

/** These Pods are to go, and nobody ends them. */
export function ask(stage: Stage, pods: readonly Pod[]): void {
  for (const pod of pods) {
    uncount(stage, pod)
    stage.asked.add(uidOf(pod))
  }
}

/** Rules about how Pods are spread count a Pod no more from when it is asked to go. */
function uncount(stage: Stage, pod: Pod): void {
  const standing = stage.asked.has(uidOf(pod)) ? undefined : standingOf(stage, pod)
  if (standing) recount(stage.tallies, standing, -1)
}

/** A Pod has come, or it has become better known where it is. */
export function join(stage: Stage, standing: Standing): void {
  const {pod} = standing
  const before = standingOf(stage, pod)
  if (before) {
    uncount(stage, pod)
    remove(stage, before)
  }
  const uid = uidOf(pod)
  stage.gone.delete(uid)
  stage.asked.delete(uid)
  stage.come.set(uid, standing)
  for (const [index, keys] of filings(standing, stage))
    for (const key of keys) {
      const there = index.get(key) ?? new Set()
      index.set(key, there.add(standing))
    }
  recountDraws(stage.draws, pod, 1, stage.relations)
  recount(stage.tallies, standing, 1)
  settle(stage, standing, 1)
}

function remove(stage: Stage, standing: Standing): void {
  settle(stage, standing, -1)
  if (!stage.come.delete(uidOf(standing.pod))) return
  recountDraws(stage.draws, standing.pod, -1, stage.relations)
  for (const [index, keys] of filings(standing, stage))
    for (const key of keys) index.get(key)?.delete(standing)
}

/** What it holds where it is, and whom it keeps away. */
function settle({holdings, crowds, unsettled, relations}: Stage, standing: Standing, by: 1 | -1): void {
  hold(holdings, standing, by, relations)
  recountUnsettled(unsettled, standing, by)
  recountCrowds(crowds, standing, by, relations)
}

type Index = Map<string, Set<Standing>>

function filings({pod, nodes}: Standing, stage: Stage): readonly (readonly [Index, readonly string[]])[] {
  const labels = Object.entries(pod.metadata?.labels ?? {}).map(
    ([label, value]) => `${namespaceOf(pod)}/${label}=${value}`,
  )
  return [
    [stage.comeTo, nodes],
    [stage.comeWith, labels],
    [stage.comeAgainst, guardedLabels(pod)],
    [stage.comeMounting, mountedClaims(pod).map((name) => `${namespaceOf(pod)}/${name}`)],
  ]
}
