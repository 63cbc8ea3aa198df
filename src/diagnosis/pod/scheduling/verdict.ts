import type {Node, PersistentVolume} from '../../../model/objects.ts'
import {nodesReaching, type Placement, placementOf} from '../../../model/placement.ts'
import type {CauseId} from '../../order.ts'
import type {PodSubject} from '../subject.ts'
import {type Misplaced, misplaced} from './misplaced.ts'
import {claimsOf, selectedNode} from './mounted-claims.ts'
import {NO_VOLUME, OUT_OF_REACH} from './reasons-place.ts'
import {type ToldReason, toldReasons} from './told-reasons.ts'

/** What keeps the Pod off the nodes that its claims allow. */
export interface SchedulerVerdict {
  readonly id: CauseId
  /** What the scheduler says of it; empty where objects prove more than it says. */
  readonly told: readonly ToldReason[]
  /** Those that it is about, as far as objects prove it. */
  readonly nodes: readonly Node[]
  /** Volumes, and nodes chosen for claims, that leave the Pod no other nodes. */
  readonly volumes: readonly PersistentVolume[]
  readonly selected: readonly string[]
}

/** Undefined where the scheduler has said nothing. */
export function verdictOn(subject: PodSubject): SchedulerVerdict | undefined {
  const told = toldReasons(subject)
  if (told.length === 0) return undefined
  return provenVerdict(subject, told) ?? toldVerdict(subject, told)
}

/** What the objects prove; undefined where they were not seen, or contradict what is said. */
function provenVerdict(subject: PodSubject, told: readonly ToldReason[]): SchedulerVerdict | undefined {
  const {relations} = subject
  const {nodes} = relations.snapshot
  if (!relations.sees('nodes') || nodes.length === 0) return undefined
  const {allowed, fitting, open, cordoned} = placementFor(subject)
  if (allowed.length === 0) return outOfReach(subject, told)
  // nodes that fit are there, and a volume that was bound too early is elsewhere
  if (fitting.length === 0 && misplacedFor(subject)) return outOfReach(subject, told)
  if (fitting.length === 0) return early(subject, told, ['labels'], allowed)
  if (open.length > 0) return lateVerdict(subject, told, open)
  return cordoned.length > 0
    ? early(subject, told, ['cordon'], cordoned)
    : early(subject, told, ['taint', 'cordon'], fitting)
}

/** Those that reach all bound volumes of the Pod, and that were chosen for its other claims. */
export function allowedNodes(subject: PodSubject): readonly Node[] {
  return placementFor(subject).allowed
}

function placementFor(subject: PodSubject): Placement {
  const {pod, relations} = subject
  const [volumes, selected] = [boundVolumes(subject), selectedNodes(subject)]
  return placementOf({volumes, selected, template: pod.spec && {spec: pod.spec}}, relations)
}

/** Why its volumes are where it can't run. */
export function misplacedFor(subject: PodSubject): Misplaced | undefined {
  const {pod, relations} = subject
  const bound = claimsOf(subject).flatMap(({claim, volume}) => (claim && volume ? [{claim, volume}] : []))
  return misplaced({bound, template: pod.spec && {spec: pod.spec}, relations})
}

function boundVolumes(subject: PodSubject): readonly PersistentVolume[] {
  return claimsOf(subject).flatMap(({volume}) => (volume ? [volume] : []))
}

function selectedNodes(subject: PodSubject): readonly string[] {
  const names = claimsOf(subject).map(selectedNode)
  return [...new Set(names.filter((name) => name !== undefined))]
}

/** Volumes that some node can't reach, and nodes chosen for claims. */
function restrictions(subject: PodSubject): Pick<SchedulerVerdict, 'volumes' | 'selected'> {
  const {relations} = subject
  const {nodes} = relations.snapshot
  const volumes = boundVolumes(subject).filter(
    (volume) => nodesReaching([volume], relations).length < nodes.length,
  )
  return {volumes, selected: selectedNodes(subject)}
}

/** No node is allowed; what is said `after` the volumes were looked at would be of one that is. */
function outOfReach(subject: PodSubject, told: readonly ToldReason[]): SchedulerVerdict | undefined {
  if (told.some(({stage}) => stage === 'after')) return undefined
  const said = told.filter(({stage}) => stage === 'place')
  const {volumes, selected} = restrictions(subject)
  const id = volumes.length > 0 ? OUT_OF_REACH : NO_VOLUME
  const own = said.find((each) => each.id === id) ?? said.find(({about}) => about === 'reach')
  return {id: own?.id ?? id, told: said, nodes: [], volumes, selected}
}

/** The first that is said, too, of what objects prove. */
function early(
  subject: PodSubject,
  told: readonly ToldReason[],
  proven: readonly ToldReason['about'][],
  nodes: readonly Node[],
): SchedulerVerdict | undefined {
  const about = proven.find((each) => told.some((reason) => reason.about === each))
  const said = told.filter((each) => each.about === about)
  const [first] = said
  return about && first && {id: first.id, told: said, nodes, ...restrictions(subject)}
}

/** Nodes that nothing excludes but what comes late: room, ports, and what else is on them. */
function lateVerdict(
  subject: PodSubject,
  told: readonly ToldReason[],
  nodes: readonly Node[],
): SchedulerVerdict | undefined {
  const late = lateReasons(told)
  const [first] = late
  return first && {id: first.id, told: late, nodes, ...restrictions(subject)}
}

/** Where places differ, what is said after them is of allowed nodes for certain, and stands first. */
function lateReasons(told: readonly ToldReason[]): readonly ToldReason[] {
  const [late, after] = (['late', 'after'] as const).map((stage) =>
    told.filter((each) => each.stage === stage),
  )
  const hasPlaces = told.some(({stage}) => stage === 'place')
  return hasPlaces
    ? [...(after ?? []), ...(late ?? [])]
    : told.filter(({stage}) => stage === 'late' || stage === 'after')
}

/** By the words alone: of nodes that differ in place, those that are refused for something else are allowed. */
function toldVerdict(subject: PodSubject, told: readonly ToldReason[]): SchedulerVerdict | undefined {
  const byStage = [
    lateReasons(told),
    ...(['place', 'early'] as const).map((stage) => told.filter((each) => each.stage === stage)),
  ]
  const reasons = byStage.find(({length}) => length > 0) ?? told
  const [first] = reasons
  return first && {id: first.id, told: reasons, nodes: [], ...restrictions(subject)}
}
