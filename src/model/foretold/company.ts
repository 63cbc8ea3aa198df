import {selects} from '../labels.ts'
import {type Node, namespaceOf, type Pod} from '../objects.ts'
import {mayHave} from '../selecting.ts'
import {countIn, emptyCrowd, type Guards, groupOf, ruleKey, type Selected} from './crowds.ts'
import {guardKeys, guardsAgainst, labelOfTerm, type Term, termsOf} from './guards.ts'
import type {How} from './holdings.ts'
import {type Stage, still} from './stage.ts'
import {isCertain, type Standing} from './standing.ts'

/**
 * Which nodes the required rules about other Pods leave open to this one, those of the others included. Mirrors the scheduler's
 * InterPodAffinity plugin (1.27 to 1.37). Who may be in one of several places keeps nobody away from them where `certain` is
 * asked, and from each where `possible` is. Namespaces that are selected by their labels are not read: such a term keeps nobody away.
 */
export function companyOf(pod: Pod, stage: Stage, how: How): (node: Node) => boolean {
  const closed = [...ownClosed(pod, stage, how), ...closedByOthers(pod, stage, how)]
  const wanted = wantedBy(pod, stage)
  const isFirst = wanted.every(({places}) => places.size === 0) && isOwnCompany(pod)
  return (node) => {
    const placeIn = (key: string) => node.metadata?.labels?.[key]
    const isClosed = ({key, places}: Places) => {
      const place = placeIn(key)
      return place !== undefined && places.has(place)
    }
    if (closed.some(isClosed)) return false
    return wanted.every(({key, places, isUnseen}) => {
      const place = placeIn(key)
      return place !== undefined && (isFirst || isUnseen || places.has(place))
    })
  }
}

interface Places {
  readonly key: string
  readonly places: Has
}

type Has = Pick<ReadonlySet<string>, 'has' | 'size'>

function ownClosed(pod: Pod, stage: Stage, how: How): readonly Places[] {
  return termsOf(pod, 'podAntiAffinity').map((term) => ({
    key: term.topologyKey,
    places: crowdOf(term, pod, stage)[how],
  }))
}

/** Whom a rule of the Pod is about. */
function crowdOf(term: Term, pod: Pod, stage: Stage): Selected {
  const {selected, byLabel} = stage.crowds
  const key = ruleKey(term, pod)
  const known = selected.get(key)
  if (known) return known
  const crowd = {
    ...emptyCrowd(term.topologyKey),
    isOf: (each: Pod) => isSelected(each, term, pod),
  }
  for (const each of selectedBy(term, pod, stage)) countIn(crowd, each, 1, stage.relations)
  selected.set(key, crowd)
  const label = isNear(term) ? labelOfTerm(term) : ''
  const place = label && `${namespaceOf(pod)}/${label}`
  byLabel.set(place, [...(byLabel.get(place) ?? []), crowd])
  return crowd
}

function closedByOthers(pod: Pod, stage: Stage, how: How): readonly Places[] {
  return guardKeys(pod)
    .flatMap((label) => [...guardsOf(label, stage).values()])
    .filter(({term, owner}) => isSelected(pod, term, owner))
    .map((group) => ({key: group.topologyKey, places: group[how]}))
}

/** Those who keep Pods with that label away, by their rules. */
function guardsOf(label: string, stage: Stage): ReadonlyMap<string, Guards> {
  const {crowds, relations, comeAgainst} = stage
  const known = crowds.guards.get(label)
  if (known) return known
  const groups = new Map<string, Guards>()
  const there = still(guardsAgainst(label, relations), stage).map(standing)
  for (const each of [...there, ...(comeAgainst.get(label) ?? [])])
    for (const term of termsOf(each.pod, 'podAntiAffinity'))
      if (labelOfTerm(term) === label) countIn(groupOf(groups, term, each.pod), each, 1, relations)
  crowds.guards.set(label, groups)
  return groups
}

/** Where somebody is who is meant by all terms of the Pod, by the key of each (podMatchesAllAffinityTerms). */
function wantedBy(pod: Pod, stage: Stage): readonly (Places & {readonly isUnseen: boolean})[] {
  const terms = termsOf(pod, 'podAffinity')
  const [first] = terms.toSorted((left, right) => Number(isByLabels(left)) - Number(isByLabels(right)))
  if (!first) return []
  const isMeant = (each: Standing) =>
    terms.every((term) => isByLabels(term) || isSelected(each.pod, term, pod))
  const mates = selectedBy(first, pod, stage).filter(isMeant)
  return terms.map((term) => ({
    key: term.topologyKey,
    places: placesOf(mates, term.topologyKey, stage, 'possible'),
    isUnseen: isByLabels(term),
  }))
}

/** The first of those who want to be together needs nobody there. */
function isOwnCompany(pod: Pod): boolean {
  return termsOf(pod, 'podAffinity').every((term) => isSelected(pod, term, pod))
}

function placesOf(
  standings: readonly Standing[],
  key: string,
  {relations}: Stage,
  how: How,
): ReadonlySet<string> {
  const names = standings.flatMap((each) => (how === 'possible' || isCertain(each) ? each.nodes : []))
  return new Set(names.flatMap((name) => relations.node(name)?.metadata?.labels?.[key] ?? []))
}

/** Pods that are somewhere and that the term of this Pod selects, without the Pod itself. */
function selectedBy(term: Term, pod: Pod, stage: Stage): readonly Standing[] {
  const {relations, come, comeWith} = stage
  const labels = term.labelSelector?.matchLabels
  const known = isNear(term) ? mayHave(namespaceOf(pod), labels, relations) : relations.snapshot.pods
  const [label] = Object.entries(labels ?? {})
  const newcomers =
    isNear(term) && label ? (comeWith.get(`${namespaceOf(pod)}/${label.join('=')}`) ?? []) : come.values()
  return [...still(known, stage).map(standing), ...newcomers].filter(
    (each) => each.nodes.length > 0 && isSelected(each.pod, term, pod),
  )
}

/** It is about Pods of its own namespace. */
function isNear({namespaces, namespaceSelector}: Term): boolean {
  return !namespaces?.length && !namespaceSelector
}

function standing(pod: Pod): Standing {
  return {pod, nodes: pod.spec?.nodeName ? [pod.spec.nodeName] : []}
}

function isByLabels({namespaceSelector}: Term): boolean {
  return namespaceSelector !== undefined && Object.keys(namespaceSelector).length > 0
}

/** Whether that Pod is one of those that the owner's term is about. */
export function isSelected(pod: Pod, term: Term, owner: Pod): boolean {
  const {labelSelector, namespaces, namespaceSelector, matchLabelKeys, mismatchLabelKeys} = term
  const isAnywhere = namespaceSelector !== undefined && !isByLabels(term)
  const named = namespaces?.length ? namespaces : namespaceSelector ? [] : [namespaceOf(owner)]
  if (!isAnywhere && !named.includes(namespaceOf(pod))) return false
  const isLike = (key: string) => pod.metadata?.labels?.[key] === owner.metadata?.labels?.[key]
  const hasIt = (key: string) => owner.metadata?.labels?.[key] !== undefined
  return (
    selects(labelSelector ?? undefined, pod.metadata?.labels) &&
    (matchLabelKeys ?? []).filter(hasIt).every(isLike) &&
    !(mismatchLabelKeys ?? []).filter(hasIt).some(isLike)
  )
}
