import {characters, cut, fitting, widthOf} from './width.ts'

/** How many characters all names of a column begin with, and end with. */
export interface Ends {
  readonly start: number
  readonly end: number
}

/** What a name ends with in parentheses, such as ` (NotReady)`: that is said in full. */
const REMARK = / \([^()]*\)$/
/** Of a name whose middle is left out this share is its end. */
const TAIL = 0.3
/** Less of either end says nothing. */
const LEAST = 5

/** A name without its remark. */
export function nameIn(text: string): string {
  return text.replace(REMARK, '')
}

/** A name of at most `width` columns, with `…` for its middle, `gke-prod-euw1-…-x7kq`, or for what all have in common. */
export function shortName(text: string, width: number, ends: Ends): string {
  if (widthOf(text) <= width) return text
  const name = nameIn(text)
  const remark = text.slice(name.length)
  const room = width - widthOf(remark)
  if (room > LEAST) return withGap(characters(name), room, ends) + remark
  return remark === '' ? cut(text, width) : shortName(name, width, ends)
}

/** Of a name with a domain that part goes first, if the host alone tells it apart. */
function withGap(name: readonly string[], width: number, ends: Ends): string {
  const dot = name.indexOf('.')
  const host = name.slice(0, dot).join('')
  if (dot > LEAST && widthOf(host) < width && ends.start < dot) return `${host}…`
  const wanted = width < 2 * LEAST ? width - 1 : Math.max(LEAST, Math.floor(width * TAIL))
  const tail = fitting(name.toReversed(), wanted).length
  const head = fitting(name, width - 1 - widthOf(name.slice(name.length - tail).join(''))).length
  const [from, to] = gap(name, {from: head, to: name.length - tail}, ends)
  return `${name.slice(0, from).join('')}…${name.slice(to).join('')}`
}

interface Gap {
  readonly from: number
  readonly to: number
}

/** Where it hides nothing that tells the names apart, if that can be; then it begins and ends at a dash if one is near. */
function gap(name: readonly string[], middle: Gap, {start, end}: Ends): readonly [number, number] {
  const hidden = middle.to - middle.from
  const hides = ({from, to}: Gap) => from < name.length - end && to > start
  const inside = [
    middle,
    {from: start - hidden, to: start},
    {from: name.length - end, to: name.length - end + hidden},
  ].filter(({from, to}) => from >= 0 && to <= name.length)
  const best = inside.find((each) => !hides(each))
  if (!best) return [middle.from, middle.to]
  const tidy = atDashes(name, best)
  return hides(tidy) ? [best.from, best.to] : [tidy.from, tidy.to]
}

const DASH = /[-._]/
/** Characters that may be left out for that. */
const NEAR = {before: 8, after: 4}

/** What that frees at the end is given to the beginning. */
function atDashes(name: readonly string[], {from, to}: Gap): Gap {
  const next = name.findIndex((each, index) => index >= to && DASH.test(each))
  const end = next >= 0 && next - to <= NEAR.after && name.length - next >= LEAST ? next : to
  const freed = from === 0 ? 0 : widthOf(name.slice(to, end).join(''))
  const most = from + fitting(name.slice(from, end), freed).length
  const dash = name.findLastIndex((each, index) => index < most && DASH.test(each))
  return {from: dash >= LEAST && most - dash <= NEAR.before ? dash + 1 : most, to: end}
}

/** Ends that all these names share, one name at a time. */
export function sharedEnds(): {readonly add: (name: string) => void; readonly ends: () => Ends} {
  let first: string | undefined
  let [start, end] = [0, 0]
  return {
    add: (name) => {
      if (first === undefined) [first, start, end] = [name, name.length, name.length]
      while (!name.startsWith(first.slice(0, start))) start -= 1
      while (!name.endsWith(first.slice(first.length - end))) end -= 1
    },
    ends: () => ({start, end}),
  }
}
