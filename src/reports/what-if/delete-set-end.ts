import {type DaemonSet, nameOf, namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {NOT_ENDED} from './fates.ts'
import {lossFirst} from './loss-first.ts'
import type {Loss, WhatIfEnd} from './report.ts'
import {counted, few} from './words.ts'

/** Its Pods run on. */
export function orphanEnd(set: StatefulSet | DaemonSet, kind: string, pods: readonly Pod[]): WhatIfEnd {
  const [run, them] = pods.length === 1 ? ['runs', 'it'] : ['run', 'them']
  const message = `${counted(pods.length, 'Pod')} of ${nameOf(set)} ${run} on; nobody replaces one that ends, until a ${kind} of that selector adopts ${them}`
  return {state: 'Done', message, waitsFor: null}
}

/** Its Pods go, as far as somebody ends them, and claims go or stay. */
export function deletedEnd(
  set: StatefulSet | DaemonSet,
  leaving: readonly Pod[],
  losses: readonly Loss[],
  relations: Relations,
): WhatIfEnd {
  const texts = [
    goneText(set, leaving, relations),
    ...stuckTexts(set, leaving, relations),
    ...staysTexts(set, losses, relations),
  ]
  return lossFirst({state: 'Short', message: texts.join('; '), waitsFor: null}, losses)
}

function goneText(set: StatefulSet | DaemonSet, leaving: readonly Pod[], relations: Relations): string {
  if (relations.podsOf(set.metadata?.uid).length === 0) return `${nameOf(set)} goes, and has no Pods`
  const [go, them] = leaving.length === 1 ? ['goes', 'it'] : ['go', 'them']
  return `${counted(leaving.length, 'Pod')} of ${nameOf(set)} ${go}, in no order, and nobody creates ${them} again`
}

function stuckTexts(
  set: StatefulSet | DaemonSet,
  leaving: readonly Pod[],
  relations: Relations,
): readonly string[] {
  const stuck = relations.podsOf(set.metadata?.uid).filter((pod) => !leaving.includes(pod))
  if (stuck.length === 0) return []
  return [`${few(stuck.map(nameOf))} ${stuck.length === 1 ? 'stays' : 'stay'} Terminating: ${NOT_ENDED}`]
}

function staysTexts(
  {metadata}: StatefulSet | DaemonSet,
  losses: readonly Loss[],
  relations: Relations,
): readonly string[] {
  const set = relations.statefulSetWith(metadata?.uid)
  if (!set?.spec?.volumeClaimTemplates) return []
  const claims = relations.claimsNamedFor(namespaceOf(set), nameOf(set)).map(nameOf)
  const lost = new Set(losses.flatMap(({kind, name}) => (kind === 'PersistentVolumeClaim' ? name : [])))
  const kept = claims.filter((name) => !lost.has(name))
  if (lost.size === 0 && !relations.sees('persistentVolumeClaims'))
    return ['its claims, which were not seen, stay unless they name the set as their owner']
  if (lost.size === 0) return ['its claims, and what they hold, stay']
  if (kept.length === 0) return []
  return [`${few(kept)}, and what ${kept.length > 1 ? 'they hold, stay' : 'it holds, stays'}`]
}
