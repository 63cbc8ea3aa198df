import {selects} from '../labels.ts'
import {type Node, namespaceOf, type Pod} from '../objects.ts'
import {mayHave} from '../selecting.ts'
import {type Stage, type Standing, still, uidOf} from './stage.ts'

type Rules = NonNullable<NonNullable<NonNullable<Pod['spec']>['affinity']>['podAffinity']>
type Term = NonNullable<Rules['requiredDuringSchedulingIgnoredDuringExecution']>[number]

/**
 * Which nodes the required rules about other Pods leave open to this one, those of the others included. Mirrors the scheduler's
 * InterPodAffinity plugin (1.27 to 1.37). Who may be in one of several places keeps nobody away from any of them, and may be
 * company in each. Namespaces that are selected by their labels are not read: such a term keeps nobody away.
 */
export function companyOf(pod: Pod, stage: Stage): (node: Node) => boolean {
  const closed = [...ownClosed(pod, stage), ...closedByOthers(pod, stage)]
  const wanted = termsOf(pod, 'podAffinity').map((term) => company(pod, term, stage))
  const isFirst = wanted.every(({places, isSelf}) => isSelf && places.size === 0)
  return (node) => {
    const placeIn = (key: string) => node.metadata?.labels?.[key]
    const isKeptOff = closed.some(({key, places}) => places.has(placeIn(key) ?? ''))
    if (isKeptOff) return false
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

function termsOf({spec}: Pod, kind: 'podAffinity' | 'podAntiAffinity'): readonly Term[] {
  return spec?.affinity?.[kind]?.requiredDuringSchedulingIgnoredDuringExecution ?? []
}

function ownClosed(pod: Pod, stage: Stage): readonly Places[] {
  return termsOf(pod, 'podAntiAffinity').map((term) => ({
    key: term.topologyKey,
    places: placesOf(selectedBy(term, pod, stage), term.topologyKey, stage, 'certain'),
  }))
}

function closedByOthers(pod: Pod, stage: Stage): readonly Places[] {
  return guards(stage).flatMap((each) =>
    uidOf(each.pod) === uidOf(pod)
      ? []
      : termsOf(each.pod, 'podAntiAffinity')
          .filter((term) => isSelected(pod, term, each.pod))
          .map((term) => ({
            key: term.topologyKey,
            places: placesOf([each], term.topologyKey, stage, 'certain'),
          })),
  )
}

/** Those who keep others away. */
function guards(stage: Stage): readonly Standing[] {
  const {relations} = stage
  const all = relations.once('guarding Pods', relations.snapshot.pods, () =>
    relations.snapshot.pods.filter((pod) => termsOf(pod, 'podAntiAffinity').length > 0),
  )
  const come = [...stage.come.values()].filter(({pod}) => termsOf(pod, 'podAntiAffinity').length > 0)
  return [...still(all, stage).map(standing), ...come]
}

function company(pod: Pod, term: Term, stage: Stage): Places & {isSelf: boolean; isUnseen: boolean} {
  const found = selectedBy(term, pod, stage)
  return {
    key: term.topologyKey,
    places: placesOf(found, term.topologyKey, stage, 'possible'),
    isSelf: isSelected(pod, term, pod),
    isUnseen: isByLabels(term),
  }
}

function placesOf(
  standings: readonly Standing[],
  key: string,
  {relations}: Stage,
  how: 'certain' | 'possible',
): ReadonlySet<string> {
  const names = standings.flatMap(({nodes}) => (how === 'possible' || nodes.length === 1 ? nodes : []))
  return new Set(names.flatMap((name) => relations.node(name)?.metadata?.labels?.[key] ?? []))
}

/** Pods that are somewhere and that the term of this Pod selects, without the Pod itself. */
function selectedBy(term: Term, pod: Pod, stage: Stage): readonly Standing[] {
  const {relations} = stage
  const isNear = !term.namespaces?.length && !term.namespaceSelector
  const known = isNear
    ? mayHave(namespaceOf(pod), term.labelSelector?.matchLabels, relations)
    : relations.snapshot.pods
  const all = [...still(known, stage).map(standing), ...stage.come.values()]
  return all.filter(
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
