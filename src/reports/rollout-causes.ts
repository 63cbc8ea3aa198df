import type {Finding} from '../diagnosis/finding.ts'
import {podHoldUp} from '../diagnosis/rollout/hold-up.ts'
import {nameOf, namespaceOf, type Pod, type StatefulSet} from '../model/objects.ts'
import {ordinalsOf} from '../model/ordinals.ts'
import {mountedClaims, type Relations} from '../model/relations.ts'
import type {Need} from '../model/scope.ts'
import {ordinalFindings} from './map-stateful-set.ts'
import {withPodFindings} from './pod-findings.ts'

/** Events of more Pods than these are read as one list. */
const FEW = 3

/** What has to be read to tell why these Pods are in trouble; nothing for Pods that move as Pods do. */
export function needsOfTroubled(pods: readonly Pod[], relations: Relations): readonly Need[] {
  const troubled = pods.filter((pod) => podHoldUp(pod, relations))
  const namespaces = new Set(troubled.map(namespaceOf))
  const within = namespaces.size === 1 ? {namespace: [...namespaces][0] ?? ''} : {}
  const kind = 'involvedObject.kind=Pod'
  const events: readonly Need[] =
    troubled.length > FEW
      ? [{resource: 'events', ...within, fieldSelector: kind}]
      : troubled.map((pod) => ({
          resource: 'events',
          namespace: namespaceOf(pod),
          fieldSelector: `${kind},involvedObject.name=${nameOf(pod)}`,
        }))
  return [...events, ...(troubled.some(waitsForVolumes) ? volumeNeeds(within) : [])]
}

function volumeNeeds(within: Pick<Need, 'namespace'>): readonly Need[] {
  return [
    {resource: 'persistentVolumeClaims', ...within},
    {resource: 'persistentVolumes'},
    {resource: 'storageClasses'},
    {resource: 'volumeAttachments'},
  ]
}

/** It has no node yet, or its containers have not begun: that may be its volumes. */
function waitsForVolumes(pod: Pod): boolean {
  const {spec, status} = pod
  return !spec?.nodeName || (status?.phase === 'Pending' && mountedClaims(pod).length > 0)
}

/** Why an ordinal's Pod is in trouble: its claims explain the Pod, never the reverse. */
export function causesOf(
  pod: Pod,
  ordinal: number,
  set: StatefulSet,
  relations: Relations,
): readonly Finding[] {
  const found = waitsForVolumes(pod)
    ? ordinalsOf(set, relations).find((each) => each.ordinal === ordinal)
    : undefined
  const ofClaims = (found ? ordinalFindings(set, found, relations) : []).filter(
    ({severity}) => severity !== 'info',
  )
  return withPodFindings(ofClaims, pod, relations)
}
