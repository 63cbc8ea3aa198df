import {selects} from '../labels.ts'
import {type Node, namespaceOf, type Pod} from '../objects.ts'
import {mayHave} from '../selecting.ts'
import {guardKeys, guardsAgainst, type Term, termsOf} from './guards.ts'
import {type How, type Stage, still, uidOf} from './stage.ts'
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
  readonly places: ReadonlySet<string>
}

function ownClosed(pod: Pod, stage: Stage, how: How): readonly Places[] {
  return termsOf(pod, 'podAntiAffinity').map((term) => ({
    key: term.topologyKey,
    places: placesOf(selectedBy(term, pod, stage), term.topologyKey, stage, how),
  }))
}

function closedByOthers(pod: Pod, stage: Stage, how: How): readonly Places[] {
  return guards(pod, stage).flatMap((each) =>
    termsOf(each.pod, 'podAntiAffinity')
      .filter((term) => isSelected(pod, term, each.pod))
      .map((term) => ({key: term.topologyKey, places: placesOf([each], term.topologyKey, stage, how)})),
  )
}

/** Those who may keep the Pod away. */
function guards(pod: Pod, stage: Stage): readonly Standing[] {
  const come = guardKeys(pod).flatMap((key) => [...(stage.comeAgainst.get(key) ?? [])])
  const all = [...still(guardsAgainst(pod, stage.relations), stage).map(standing), ...come]
  return [...new Set(all)].filter((each) => uidOf(each.pod) !== uidOf(pod))
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
  const isNear = !term.namespaces?.length && !term.namespaceSelector
  const labels = term.labelSelector?.matchLabels
  const known = isNear ? mayHave(namespaceOf(pod), labels, relations) : relations.snapshot.pods
  const [label] = Object.entries(labels ?? {})
  const newcomers =
    isNear && label ? (comeWith.get(`${namespaceOf(pod)}/${label.join('=')}`) ?? []) : come.values()
  return [...still(known, stage).map(standing), ...newcomers].filter(
    (each) => each.nodes.length > 0 && uidOf(each.pod) !== uidOf(pod) && isSelected(each.pod, term, pod),
  )
}

function standing(pod: Pod): Standing {
  return {pod, nodes: pod.spec?.nodeName ? [pod.spec.nodeName] : []}
}

function isByLabels({namespaceSelector}: Term): boolean {
  return namespaceSelector !== undefined && Object.keys(namespaceSelector).length > 0
}

/** Whether that Pod is one of those that the owner's term is about. */
function isSelected(pod: Pod, term: Term, owner: Pod): boolean {
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
