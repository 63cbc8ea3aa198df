import {storageClassOf, waitsForConsumer} from '../../../model/claim.ts'
import {zoneOf} from '../../../model/node.ts'
import {
  type Node,
  nameOf,
  namespaceOf,
  type PersistentVolume,
  type PersistentVolumeClaim,
  type PodTemplate,
} from '../../../model/objects.ts'
import {nodesReaching, placementOf} from '../../../model/placement.ts'
import type {Relations} from '../../../model/relations.ts'
import {allowedNodes, areDisjoint} from '../../../model/volume.ts'
import type {Remedy} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {fewText} from '../../words.ts'
import {choice} from './choice.ts'
import {nodeNames, reachText} from './finding.ts'
import {RECREATED_EMPTY} from './reasons-place.ts'

/** A claim that is bound, and to what. */
export interface BoundClaim {
  readonly claim: PersistentVolumeClaim
  readonly volume: PersistentVolume
}

/** Whose volumes, and where else its Pod must run. */
export interface Placement {
  readonly bound: readonly BoundClaim[]
  readonly template: PodTemplate | undefined
  readonly relations: Relations
}

/** Volumes are where the Pod can never reach all of them: no node that comes back changes that. */
export interface Misplaced {
  readonly text: string
  readonly evidence: readonly string[]
  readonly remedy: Remedy
}

/** Two volumes of one Pod in different places, or one that was bound where the Pod may not run. */
export function misplaced(placement: Placement): Misplaced | undefined {
  if (!placement.relations.sees('nodes')) return undefined
  return apart(placement) ?? boundTooEarly(placement)
}

function apart({bound, relations}: Placement): Misplaced | undefined {
  const pair = pairApart(bound, relations)
  if (!pair) return undefined
  const early = earlyClass(pair, relations)
  const [where, names] = [pair.map(({volume}) => `${nameOf(volume)} (${reachText(volume)})`), namesOf(pair)]
  const why = early ? `: StorageClass ${early} binds Immediate` : ''
  return {
    text: `volumes ${where.join(' and ')} are in different places, and no node reaches both${why}`,
    evidence: evidenceOf(pair, early),
    remedy: choice(
      [getClaims(pair), ...(early ? [getClass(early)] : [])],
      [
        `see which of the claims ${names.join(' and ')} holds data, and copy what is worth keeping; then one of them has to be recreated in the place of the other, for no node can help; ${LATE_CLASS}`,
      ],
      {risk: RECREATED_EMPTY},
    ),
  }
}

const LATE_CLASS =
  'with a class whose volumeBindingMode is WaitForFirstConsumer volumes are created where the Pod runs'

/** The first two that nothing reaches together, nor ever will: overlapping places only lack a node. */
function pairApart(
  bound: readonly BoundClaim[],
  relations: Relations,
): readonly [BoundClaim, BoundClaim] | undefined {
  const pairs = bound.flatMap((left, index) => bound.slice(index + 1).map((right) => [left, right] as const))
  return pairs.find(([left, right]) => isApart(left.volume, right.volume, relations))
}

function isApart(left: PersistentVolume, right: PersistentVolume, relations: Relations): boolean {
  const disjoint = areDisjoint(left, right)
  if (disjoint !== undefined) return disjoint
  const reach = [[left], [right], [left, right]].map((each) => nodesReaching(each, relations).length)
  const [ofLeft = 0, ofRight = 0, ofBoth = 0] = reach
  return ofLeft > 0 && ofRight > 0 && ofBoth === 0
}

/** Its class chose the place of the volume before anybody looked where the Pod may run. */
function boundTooEarly({bound, template, relations}: Placement): Misplaced | undefined {
  const {nodes} = relations.snapshot
  const fittingOf = (volumes: readonly PersistentVolume[]) =>
    placementOf({volumes, selected: [], template}, relations).fitting
  const fitting = fittingOf([])
  const reaching = fittingOf(bound.map(({volume}) => volume))
  if (fitting.length === 0 || reaching.length > 0) return undefined
  const pinned = bound.filter(({volume}) => fittingOf([volume]).length === 0)
  const early = earlyClass(pinned, relations)
  const [first] = pinned
  if (!first || !early) return undefined
  const hosts = allowedNodes(first.volume).nodes
  // a node of that name was there
  if (hosts && !hosts.some((name) => relations.node(name))) return undefined
  const where = reachText(first.volume)
  const allowed =
    fitting.length < nodes.length ? 'the nodes that its selector and affinity allow' : 'the nodes'
  return {
    text: `volume ${nameOf(first.volume)} is only reachable from ${where}, and ${allowed} are in ${placesOf(fitting, relations)}: StorageClass ${early} binds Immediate`,
    evidence: [...evidenceOf([first], early), ...selectorText(template)],
    remedy: choice(
      [kubectl('get', 'nodes'), getClaims([first]), getClass(early)],
      [
        ...(hosts ? [] : [`add a node in ${where} that the Pod may run on`]),
        hosts ? `let the Pod run on ${where}` : 'let the Pod run on nodes that are there already',
        `only if the volume holds nothing yet, let its claim be recreated: ${LATE_CLASS}`,
      ],
      {risk: RECREATED_EMPTY},
    ),
  }
}

/** The class of one of them, if it does not wait for a Pod. */
function earlyClass(bound: readonly BoundClaim[], {storageClass}: Relations): string | undefined {
  return bound
    .map(({claim}) => storageClass(storageClassOf(claim) ?? ''))
    .filter((each) => each && !waitsForConsumer(each))
    .map((each) => nameOf(each ?? {}))[0]
}

function placesOf(nodes: readonly Node[], {once}: Relations): string {
  const zones = once('zones', nodes, () => [...new Set(nodes.map(zoneOf))])
  if (zones.includes(undefined)) return nodeNames(nodes)
  return `${zones.length > 1 ? 'zones' : 'zone'} ${fewText(zones.map((zone) => zone ?? ''))}`
}

function evidenceOf(bound: readonly BoundClaim[], early: string | undefined): readonly string[] {
  return [
    ...bound.map(({volume}) => `pv/${nameOf(volume)} spec.nodeAffinity allows ${reachText(volume)}`),
    ...(early ? [`storageclass/${early} volumeBindingMode=Immediate`] : []),
  ]
}

function selectorText(template: PodTemplate | undefined): readonly string[] {
  const labels = Object.entries(template?.spec?.nodeSelector ?? {}).map(([key, value]) => `${key}=${value}`)
  return labels.length > 0 ? [`spec.nodeSelector wants ${labels.join(',')}`] : []
}

function namesOf(bound: readonly BoundClaim[]): readonly string[] {
  return bound.map(({claim}) => nameOf(claim))
}

function getClaims(bound: readonly BoundClaim[]): string {
  const namespace = namespaceOf(bound[0]?.claim ?? {})
  return kubectl('get', 'pvc', '-n', namespace, ...namesOf(bound))
}

function getClass(name: string): string {
  return kubectl('get', 'storageclass', name)
}
