import {CORDONED, matchesRequiredAffinity, refusal} from '../../model/node.ts'
import {type Node, nameOf, type PersistentVolume} from '../../model/objects.ts'
import {reaches} from '../../model/volume.ts'
import type {PodSubject} from './subject.ts'
import {claimsOf, selectedNode} from './unscheduled-claims.ts'
import {type ToldReason, toldReasons} from './unscheduled-told.ts'

/** What keeps the Pod off the nodes that its claims allow. */
export interface Verdict {
  readonly id: string
  /** What the scheduler says of it; empty where objects prove more than it says. */
  readonly told: readonly ToldReason[]
  /** Those that it is about, as far as objects prove it. */
  readonly nodes: readonly Node[]
  /** Volumes, and nodes chosen for claims, that leave the Pod no other nodes. */
  readonly volumes: readonly PersistentVolume[]
  readonly selected: readonly string[]
}

/** Undefined where the scheduler has said nothing. */
export function verdictOn(subject: PodSubject): Verdict | undefined {
  const told = toldReasons(subject)
  if (told.length === 0) return undefined
  return provenVerdict(subject, told) ?? toldVerdict(subject, told)
}

/** What the objects prove; undefined where they were not seen, or contradict what is said. */
function provenVerdict(subject: PodSubject, told: readonly ToldReason[]): Verdict | undefined {
  const {pod, relations} = subject
  const {nodes} = relations.snapshot
  if (!relations.sees('nodes') || nodes.length === 0) return undefined
  const template = pod.spec && {spec: pod.spec}
  const allowed = allowedNodes(subject)
  if (allowed.length === 0) return outOfReach(subject, told)
  const fitting = allowed.filter((node) => matchesRequiredAffinity(node, template))
  if (fitting.length === 0) return early(subject, told, ['sched-node-affinity'], allowed)
  const open = fitting.filter((node) => refusal(node, template) === undefined)
  if (open.length > 0) return lateVerdict(subject, told, open)
  const cordoned = fitting.filter((node) => refusal(node, template) === CORDONED)
  return cordoned.length > 0
    ? early(subject, told, ['sched-node-cordoned'], cordoned)
    : early(subject, told, ['sched-taint', 'sched-node-cordoned'], fitting)
}

/** Those that reach all bound volumes of the Pod, and that were chosen for its other claims. */
function allowedNodes(subject: PodSubject): readonly Node[] {
  const [volumes, selected] = [boundVolumes(subject), selectedNodes(subject)]
  return subject.relations.snapshot.nodes.filter(
    (node) =>
      volumes.every((volume) => reaches(volume, node)) && selected.every((name) => name === nameOf(node)),
  )
}

function boundVolumes(subject: PodSubject): readonly PersistentVolume[] {
  return claimsOf(subject).flatMap(({volume}) => (volume ? [volume] : []))
}

function selectedNodes(subject: PodSubject): readonly string[] {
  const names = claimsOf(subject).map(selectedNode)
  return [...new Set(names.filter((name) => name !== undefined))]
}

/** Volumes that some node can't reach, and nodes chosen for claims. */
function restrictions(subject: PodSubject): Pick<Verdict, 'volumes' | 'selected'> {
  const {nodes} = subject.relations.snapshot
  const volumes = boundVolumes(subject).filter((volume) => nodes.some((node) => !reaches(volume, node)))
  return {volumes, selected: selectedNodes(subject)}
}

/** No node is allowed; what is said `after` the volumes were looked at would be of one that is. */
function outOfReach(subject: PodSubject, told: readonly ToldReason[]): Verdict | undefined {
  if (told.some(({stage}) => stage === 'after')) return undefined
  const said = told.filter(({stage}) => stage === 'place')
  const {volumes, selected} = restrictions(subject)
  const id = volumes.length > 0 ? 'sched-pv-node-affinity' : 'sched-no-pv-to-bind'
  const own = said.find((each) => each.id === id) ?? said.find((each) => each.id === 'sched-pv-zone')
  return {id: own?.id ?? id, told: said, nodes: [], volumes, selected}
}

/** The first of the ids that is said, too. */
function early(
  subject: PodSubject,
  told: readonly ToldReason[],
  ids: readonly string[],
  nodes: readonly Node[],
): Verdict | undefined {
  const id = ids.find((each) => told.some((reason) => reason.id === each))
  if (id === undefined) return undefined
  return {id, told: told.filter((each) => each.id === id), nodes, ...restrictions(subject)}
}

/** Nodes that nothing excludes but what comes late: room, ports, and what else is on them. */
function lateVerdict(
  subject: PodSubject,
  told: readonly ToldReason[],
  nodes: readonly Node[],
): Verdict | undefined {
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
function toldVerdict(subject: PodSubject, told: readonly ToldReason[]): Verdict | undefined {
  const byStage = [
    lateReasons(told),
    ...(['place', 'early'] as const).map((stage) => told.filter((each) => each.stage === stage)),
  ]
  const reasons = byStage.find(({length}) => length > 0) ?? told
  const [first] = reasons
  return first && {id: first.id, told: reasons, nodes: [], ...restrictions(subject)}
}
