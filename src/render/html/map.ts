import type {MapReport} from '../../reports/map/report.ts'
import {counted} from '../human.ts'
import {nodeCell} from '../views/cells.ts'
import {classOf, type Shade, shadeOf} from './cells.ts'
import {blockerOf} from './map-blocker.ts'
import {drawn, ordinalItem} from './map-ordinal.ts'
import {type Box, type Placed, placesOf, type Zone} from './map-places.ts'
import {workloadParts} from './map-workloads.ts'
import {EMPTY, html, type Markup} from './markup.ts'
import {foldedParts, type Item, lineParts, markOf, type Sitter} from './picture.ts'

/** Zones with their nodes, and on each node the ordinals with their volumes; whoever is on no node stands apart. */
export function* mapPicture({report, sections, hasNamespaces}: Sitter<MapReport>): Generator<Markup> {
  const {zones, nowhere, leftover} = placesOf(report)
  const marks = marksOf(report)
  const itemOf: ItemOf = (place) => {
    const one = drawn(place, report, hasNamespaces)
    return {shade: one.shade, item: ordinalItem(one, marks.get(place.ordinal) ?? EMPTY)}
  }
  yield* workloadParts(report, marks)
  for (const {head = [], foot = []} of sections) yield* lineParts([...head, ...foot])
  yield* apart('On no node', nowhere, itemOf)
  if (zones.length > 0) yield html`<div class="zones">`
  for (const zone of zones) yield* zoneParts(zone, itemOf)
  if (zones.length > 0) yield html`</div>`
  yield* apart('Only claims are left', leftover, itemOf)
}

type ItemOf = (place: Placed) => {readonly shade: Shade; readonly item: Markup}

/** The mark of each ordinal, or workload, that is in the way, and for its workload the way to it. */
function marksOf({workloads}: MapReport): ReadonlyMap<object, Markup> {
  const marks = new Map<object, Markup>()
  for (const workload of workloads) {
    const blocker = blockerOf(workload)
    const number = marks.size + 1
    if (blocker === 'itself') marks.set(workload, markOf(number))
    else if (blocker) {
      marks.set(blocker, markOf(number))
      marks.set(workload, html` <a href="#blocker-${number}">to the blocker</a>`)
    }
  }
  return marks
}

function* apart(title: string, places: readonly Placed[], itemOf: ItemOf): Generator<Markup> {
  if (places.length === 0) return
  yield html`<section class="zone"><h3>${title} <small>${counted(places.length, 'ordinal')}</small></h3>`
  yield* foldedParts(
    places.map((place) => [itemOf(place).item]),
    'list',
    MANY,
    (count) => counted(count, 'more ordinal'),
  )
  yield html`</section>`
}

/** More boxes than these are folded into one line, to be opened; nodes on which all is well all at once. */
const MANY = 100

function* zoneParts({title, boxes}: Zone, itemOf: ItemOf): Generator<Markup> {
  const ordinals = [...boxes.values()].reduce((sum, box) => sum + box.ordinals.length, 0)
  yield html`<section class="zone"><h3>${title} <small>${counted(boxes.size, 'node')}, ${counted(ordinals, 'ordinal')}</small></h3>`
  const well: Item[] = []
  const troubled: Item[] = []
  for (const name of [...boxes.keys()].toSorted()) {
    const {isWell, item} = boxItem(boxes.get(name) as Box, itemOf)
    ;(isWell ? well : troubled).push(item)
  }
  yield* foldedParts(troubled, 'grid', MANY, (count) => counted(count, 'more node'))
  const most = well.length > MANY ? 0 : MANY
  yield* foldedParts(well, 'grid', most, (count) => `${counted(count, 'node')} on which all is well`)
  yield html`</section>`
}

function boxItem({node, ordinals}: Box, itemOf: ItemOf): {isWell: boolean; item: Item} {
  const items = ordinals.map(itemOf)
  const {text, tone} = nodeCell(node, node.state === 'Missing')
  const shade: Shade | undefined = shadeOf(tone)
  const isWell = shade === undefined && items.every((each) => each.shade === 'ok')
  const head = html`<li class="box"><h4><span${classOf(shade)}>${text}</span></h4><ul class="list">`
  return {isWell, item: [head, ...items.map(({item}) => item), html`</ul></li>`]}
}
