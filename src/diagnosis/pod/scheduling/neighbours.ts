import {groupedByEach} from '../../../model/grouping.ts'
import {selects} from '../../../model/labels.ts'
import {type Node, nameOf, namespaceOf, type PersistentVolume, type Pod} from '../../../model/objects.ts'
import {isTerminal} from '../../../model/pod.ts'
import type {Relations} from '../../../model/relations.ts'
import {mayHave} from '../../../model/selecting.ts'
import {allowedNodes} from '../../../model/volume.ts'
import type {CauseId} from '../../order.ts'
import type {PodSubject} from '../subject.ts'
import {AFFINITY, ANTI_AFFINITY, EXISTING_ANTI_AFFINITY} from './reasons-affinity.ts'

type Rules = NonNullable<NonNullable<NonNullable<Pod['spec']>['affinity']>['podAffinity']>
type Term = NonNullable<Rules['requiredDuringSchedulingIgnoredDuringExecution']>[number]

/** A Pod that this one must, or must not, share a place with, and which place that is. */
export interface Neighbour {
  readonly pod: Pod
  /** The label that makes a place, and its value on the Pod's node. */
  readonly key: string
  readonly place: string
}

/** Of a refusal for the sake of other Pods: the one that it must run beside, and that is on none of these nodes, or one that keeps it off them. */
export function neighbourOf(
  subject: PodSubject,
  id: CauseId,
  allowed: readonly Node[],
): Neighbour | undefined {
  const {pod} = subject
  const {once} = subject.relations
  const placesOf = (key: string) =>
    once(`places ${key}`, allowed, () => new Set(allowed.map(({metadata}) => metadata?.labels?.[key])))
  const isThere = ({key, place}: Neighbour) => placesOf(key).has(place)
  if (id === AFFINITY) {
    const byTerm = ruleTerms(pod, 'podAffinity').map((term) => neighbours(subject, [term]))
    return byTerm.find((few) => few.length > 0 && !few.some(isThere))?.[0]
  }
  const keepers =
    id === ANTI_AFFINITY
      ? neighbours(subject, ruleTerms(pod, 'podAntiAffinity'))
      : id === EXISTING_ANTI_AFFINITY
        ? keptAwayBy(subject)
        : []
  return keepers.find(isThere)
}

function ruleTerms({spec}: Pod, kind: 'podAffinity' | 'podAntiAffinity'): readonly Term[] {
  return spec?.affinity?.[kind]?.requiredDuringSchedulingIgnoredDuringExecution ?? []
}

/** Pods on nodes that one of the terms selects, in the order of the terms. */
function neighbours(subject: PodSubject, terms: readonly Term[]): readonly Neighbour[] {
  const {pod} = subject
  return terms.flatMap((term) =>
    candidates(subject, term)
      .filter((each) => isSettled(each, pod) && isSelected(each, term, pod))
      .flatMap((each) => placed(each, term, subject)),
  )
}

/** Pods on nodes whose own rules are against this one. */
function keptAwayBy(subject: PodSubject): readonly Neighbour[] {
  const {pod} = subject
  return keepersFor(subject)
    .filter((each) => isSettled(each, pod))
    .flatMap((each) =>
      ruleTerms(each, 'podAntiAffinity')
        .filter((term) => isSelected(pod, term, each))
        .flatMap((term) => placed(each, term, subject)),
    )
}

function isSettled(each: Pod, pod: Pod): boolean {
  const isOther = nameOf(each) !== nameOf(pod) || namespaceOf(each) !== namespaceOf(pod)
  return isOther && Boolean(each.spec?.nodeName) && !isTerminal(each)
}

/** Pods that the term may select, in the order in which they were read. */
function candidates({pod, relations}: PodSubject, term: Term): readonly Pod[] {
  const isNear = !term.namespaces?.length && !term.namespaceSelector
  return isNear
    ? mayHave(namespaceOf(pod), term.labelSelector?.matchLabels, relations)
    : relations.snapshot.pods
}

/** Pods with rules that may be against this one, in the order in which they were read. */
function keepersFor({pod, relations}: PodSubject): readonly Pod[] {
  const {pods} = relations.snapshot
  const guards = relations.once('guards', pods, () => guardsAmong(pods))
  const labels = Object.entries(pod.metadata?.labels ?? {})
  const found = ['', ...labels.map((label) => label.join('='))].flatMap((label) => guards.get(label) ?? [])
  return [...new Set(found)].toSorted((left, right) => left - right).flatMap((place) => pods[place] ?? [])
}

/** Places of Pods that keep others away, by one label of those; by no label where any may be meant. */
function guardsAmong(pods: readonly Pod[]): ReadonlyMap<string, readonly number[]> {
  return groupedByEach([...pods.keys()], (place) =>
    ruleTerms(pods[place] ?? {}, 'podAntiAffinity').map(({labelSelector}) => {
      const [label] = Object.entries(labelSelector?.matchLabels ?? {})
      return label ? label.join('=') : ''
    }),
  )
}

/** Namespaces that are selected by labels are not read: of these nothing is said. */
function isSelected(pod: Pod, {labelSelector, namespaces, namespaceSelector}: Term, owner: Pod): boolean {
  const isAnywhere = namespaceSelector && Object.keys(namespaceSelector).length === 0
  const named = namespaces?.length ? namespaces : namespaceSelector ? [] : [namespaceOf(owner)]
  return (
    (isAnywhere || named.includes(namespaceOf(pod))) &&
    selects(labelSelector ?? undefined, pod.metadata?.labels)
  )
}

function placed(pod: Pod, {topologyKey: key}: Term, {relations}: PodSubject): readonly Neighbour[] {
  const place = relations.node(pod.spec?.nodeName ?? '')?.metadata?.labels?.[key]
  return place === undefined ? [] : [{pod, key, place}]
}

/** `zone b`, `node node-a`, `rack=r7`. */
export function placeText({key, place}: Neighbour): string {
  if (/\/zone$/.test(key)) return `zone ${place}`
  return key === 'kubernetes.io/hostname' ? `node ${place}` : `${key}=${place}`
}

/** Whether whatever reaches these volumes is in the place of the neighbour, so that no other node can help. */
export function isWhereVolumesAre(
  {key, place}: Neighbour,
  volumes: readonly PersistentVolume[],
  {node}: Relations,
): boolean {
  return volumes.some((volume) => {
    const {nodes, zones} = allowedNodes(volume)
    if (nodes) return nodes.every((name) => (node(name)?.metadata?.labels?.[key] ?? place) === place)
    return /\/zone$/.test(key) && (zones?.every((zone) => zone === place) ?? false)
  })
}
