import {isCritical} from '../../diagnosis/daemon-set/preempts-others.ts'
import {eligibility} from '../../model/daemon-eligibility.ts'
import {podsByNode} from '../../model/daemon-pods.ts'
import {type DaemonSet, isObserved, nameOf} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {type Need, type Scope, within} from '../../model/scope.ts'
import {webhookNeeds} from './agents.ts'
import {troubleNeeds, unwellPodsOf} from './pods.ts'
import {CONTROLLER_LEASE} from './stateful-sets.ts'

/** What has to be read besides DaemonSets, their Pods and nodes to tell why some of them are not well, the same for every question. */
export function daemonSetNeeds(
  sets: readonly DaemonSet[],
  scope: Scope,
  relations: Relations,
): readonly Need[] {
  if (!relations.sees('pods') && relations.snapshot.pods.length === 0) return []
  const unwell = sets.flatMap((set) => unwellPodsOf(set, relations))
  const only = sets.length === 1 ? `,involvedObject.name=${nameOf(sets[0] ?? {})}` : ''
  return [
    ...(sets.some((set) => lacksPods(set, relations))
      ? [
          {
            resource: 'events',
            ...within(scope),
            fieldSelector: `involvedObject.kind=DaemonSet${only}`,
          } as const,
        ]
      : []),
    ...(sets.some((set) => isCritical(set) && isStarting(set, relations)) ? [PREEMPTED] : []),
    ...(sets.every(isObserved) ? [] : [CONTROLLER_LEASE]),
    ...webhookNeeds(relations),
    ...troubleNeeds(unwell, relations),
  ]
}

/** Whom the scheduler has stopped to make room: Pods of anybody, in any namespace. */
export const PREEMPTED: Need = {
  resource: 'events',
  fieldSelector: 'involvedObject.kind=Pod,reason=Preempted',
}

/** Whether a Pod of it waits for room, or has just been given some. */
function isStarting(daemonSet: DaemonSet, {podsOf}: Relations): boolean {
  return podsOf(daemonSet.metadata?.uid).some(({status}) => status?.phase === 'Pending')
}

/** Whether some node should run a Pod and has none: then events may tell why. */
function lacksPods(daemonSet: DaemonSet, relations: Relations): boolean {
  return relations.once('lacksPods', daemonSet, () => {
    const pods = podsByNode(daemonSet, relations.podsOf(daemonSet.metadata?.uid))
    return relations.snapshot.nodes.some(
      (node) => !pods.has(nameOf(node)) && eligibility(daemonSet.spec?.template, node).shouldRun,
    )
  })
}
