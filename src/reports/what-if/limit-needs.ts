import {driverVolumes} from '../../model/foretold/driver-volumes.ts'
import {reachOf} from '../../model/foretold/reach.ts'
import {limitsOf} from '../../model/foretold/volume-limits.ts'
import {controllerUid, nameOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import {placementOf} from '../../model/placement.ts'
import {type Relations, relate} from '../../model/relations.ts'
import type {Need, Scope} from '../../model/scope.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import {all, MANY, named} from '../needs/lists.ts'
import type {Change} from './change.ts'
import {type Subjects, subjectsOf} from './subjects.ts'

/**
 * How many volumes nodes take: of those to which a Pod with a driver's volumes may go, by name while they are few. Where one has
 * a limit, what is attached there as well.
 */
export function limitNeeds(change: Change, snapshot: ClusterSnapshot, scope: Scope): readonly Need[] {
  const relations = relate(snapshot)
  const {csiNodes} = snapshot
  if (csiNodes.some((csiNode) => limitsOf(csiNode, relations))) return [all('volumeAttachments')]
  if (snapshot.unread?.includes('csiNodes') !== true || change.action === 'join') return []
  const movers = moversOf(subjectsOf(snapshot, scope, change), relations)
  const bound = movers.filter((pod) => driverVolumes(pod, relations).length > 0)
  if (bound.length === 0) return []
  // what is closed by now may be open then
  if (change.action === 'taint' || change.action === 'label') return [all('csiNodes')]
  return named('csiNodes', placesOf(bound, relations))
}

/** Pods that may have to find a node: those that are named, or on a node that is, and those of the same sets, or to be of them. */
function moversOf(subjects: Subjects, relations: Relations): readonly Pod[] {
  const {nodes, pods, statefulSets} = subjects
  const named = [...pods, ...nodes.flatMap((node) => relations.podsOn(nameOf(node)))]
  const ofSets = named.flatMap((pod) => relations.statefulSetWith(controllerUid(pod)) ?? [])
  const sets = [...new Set([...statefulSets, ...ofSets])]
  const others = named.filter((pod) => !relations.statefulSetWith(controllerUid(pod)))
  return [...others, ...sets.flatMap((set) => [...relations.podsOf(set.metadata?.uid), templatePod(set)])]
}

/** One more of the set, wherever its claims let it go. */
function templatePod({metadata, spec}: StatefulSet): Pod {
  const name = `${metadata?.name}-x`
  const volumes = (spec?.volumeClaimTemplates ?? []).map((template) => ({
    name: nameOf(template),
    persistentVolumeClaim: {claimName: `${nameOf(template)}-${name}`},
  }))
  const owner = {apiVersion: 'apps/v1', kind: 'StatefulSet', controller: true}
  return {
    metadata: {
      name,
      namespace: metadata?.namespace ?? '',
      ownerReferences: [{...owner, name: metadata?.name ?? '', uid: metadata?.uid ?? ''}],
    },
    spec: {containers: [], ...spec?.template?.spec, volumes},
  }
}

/** Nodes that reach their volumes and have the labels that they want: once there are many, not all of them. */
function placesOf(pods: readonly Pod[], relations: Relations): readonly {readonly name: string}[] {
  const names = new Set<string>()
  for (const pod of pods) {
    const reach = reachOf(pod, relations)
    const template = pod.spec && {spec: pod.spec}
    const open = reach ? placementOf({...reach, template}, relations).open : []
    for (const node of open) names.add(nameOf(node))
    if (names.size > MANY) break
  }
  return [...names].map((name) => ({name}))
}
