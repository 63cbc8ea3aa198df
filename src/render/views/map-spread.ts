import type {MappedPlace, MappedSpread, MappedWorkload} from '../../reports/map/report.ts'
import {UNKNOWN} from '../human.ts'
import type {Line, Paragraph} from '../view.ts'

/** How the ordinals of the only set are spread; nothing where it says no more than the table. */
export function spreadParagraphs(workloads: readonly MappedWorkload[]): readonly Paragraph[] {
  const [workload, ...others] = workloads
  const desired = workload?.desiredReplicas ?? 0
  if (!workload?.spread || others.length > 0 || desired < 2) return []
  const lines = spreadLines(workload.spread, desired)
  return lines.length > 0 ? [{lines}] : []
}

function spreadLines(spread: MappedSpread, desired: number): readonly Line[] {
  const {zones} = spread
  // what only has volumes there shows in PINNED-TO
  const sharedNodes = spread.sharedNodes.filter(({pods}) => pods > 1)
  const isOneZone = zones.length + Math.min(1, spread.zoneless + spread.unseen) < 2
  const texts = [
    ...(isOneZone ? [] : [zonesText(spread, desired)]),
    ...(differ(zones) && !isOneZone ? [`volumes ${placesText(zones, ({volumes}) => volumes)}`] : []),
    ...(sharedNodes.length > 0 ? [nodesText(sharedNodes, spread, desired)] : []),
  ]
  return texts.map((text, index) => ({label: index === 0 ? 'Spread' : '', text}))
}

/** `zone-a 2 · zone-b 2 · zone-c 1 · losing zone-a leaves 3 of 5`. */
function zonesText({zones, zoneless, unseen, unplaced}: MappedSpread, desired: number): string {
  return joined([
    placesText(zones, ({pods}) => pods),
    zoneless > 0 && `no zone ${zoneless}`,
    unseen > 0 && `${UNKNOWN} ${unseen}`,
    unplaced > 0 && `on no node ${unplaced}`,
    zoneless === 0 && losingText(zones, desired),
  ])
}

/** As many nodes as an operator reads in one line. */
const FEW = 5

function nodesText(nodes: readonly MappedPlace[], {unseen}: MappedSpread, desired: number): string {
  const shown = nodes.slice(0, FEW)
  return joined([
    `nodes ${placesText(shown, ({pods}) => pods)}`,
    nodes.length > FEW && `${nodes.length - FEW} more nodes with several`,
    unseen === 0 && losingText(nodes, desired),
  ])
}

/** Where volumes are told as well, because they are elsewhere than the Pods; those without any have no say. */
function differ(zones: readonly MappedPlace[]): boolean {
  const isPinned = zones.some(({volumes}) => volumes !== 0)
  return isPinned && zones.some(({pods, volumes}) => volumes !== pods)
}

function placesText(places: readonly MappedPlace[], count: (place: MappedPlace) => number | null): string {
  if (places.some((place) => count(place) === null)) return UNKNOWN
  return places.map((place) => `${place.name} ${count(place)}`).join(' · ')
}

/** Of one place alone the name has just been said, and it may be long. */
export function losingText(places: readonly MappedPlace[], desired: number): string | false {
  const [most] = places
  if (most === undefined || most.leaves === null) return false
  return `losing ${places.length === 1 ? 'it' : most.name} leaves ${most.leaves} of ${desired}`
}

function joined(texts: readonly (string | false)[]): string {
  return texts.filter((text) => text !== false && text !== '').join(' · ')
}
