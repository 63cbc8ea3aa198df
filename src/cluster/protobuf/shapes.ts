/** Messages that JSON has in a shape of their own (k8s.io/apimachinery 0.37: pkg/api/resource, pkg/util/intstr, pkg/apis/meta/v1). */
import {metadata} from '../../model/kept/metadata.ts'
import {endOf, number, type Reader, text, whole} from './wire.ts'

/** `10Gi`, as JSON has it. */
export function Quantity(r: Reader, end: number): string {
  let found = ''
  while (r.pos < end) {
    const tag = r.tag()
    if (tag === 10) found = text(r)
    else r.skipType(tag & 7)
  }
  return whole(r, end, found)
}

/** Type 0 is the number, 1 the text. */
export function IntOrString(r: Reader, end: number): number | string {
  let [isText, int, string] = [false, 0, '']
  while (r.pos < end) {
    const tag = r.tag()
    if (tag === 8) isText = r.int32() === 1
    else if (tag === 16) int = r.int32()
    else if (tag === 26) string = text(r)
    else r.skipType(tag & 7)
  }
  return whole(r, end, isText ? string : int)
}

/** RFC 3339 of whole seconds; null, as in JSON, for a time that is not set, of which nothing is sent. */
export function Time(r: Reader, end: number): string | null {
  return r.pos === end ? null : textOf(instant(r, end).seconds)
}

/** RFC 3339 with six digits behind the second. */
export function MicroTime(r: Reader, end: number): string | null {
  if (r.pos === end) return null
  const {seconds, nanos} = instant(r, end)
  const micros = String(Math.floor(nanos / 1000)).padStart(6, '0')
  return textOf(seconds).replace('Z', `.${micros}Z`)
}

function instant(r: Reader, end: number) {
  let [seconds, nanos] = [0, 0]
  while (r.pos < end) {
    const tag = r.tag()
    if (tag === 8) seconds = number(r)
    else if (tag === 16) nanos = r.int32()
    else r.skipType(tag & 7)
  }
  return whole(r, end, {seconds, nanos})
}

const TEXTS = 10_000
const texts = new Map<number, string>()

/** Thousands of objects have seen the same second. */
function textOf(seconds: number): string {
  const known = texts.get(seconds)
  if (known !== undefined) return known
  const made = new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
  if (texts.size === TEXTS) texts.clear()
  texts.set(seconds, made)
  return made
}

/** What of a kind that the API does not look into: JSON as it is. */
export function RawExtension(r: Reader, end: number): unknown {
  let found: unknown
  while (r.pos < end) {
    const tag = r.tag()
    if (tag === 10) found = JSON.parse((r.bytes() as Buffer).toString())
    else r.skipType(tag & 7)
  }
  return whole(r, end, found)
}

const KEPT: ReadonlySet<string> = new Set(Object.keys(metadata.annotations))

type Annotations = Readonly<Record<string, string>>

/** Of most objects none is looked at. */
const NONE: Annotations = {}

/**
 * These and one more annotation, if it is one that is looked at: others may hold anything, and their values are not even
 * decoded.
 */
export function annotation(r: Reader, known: Annotations = NONE): Annotations {
  const end = endOf(r)
  let [key, value] = ['', undefined as string | undefined]
  while (r.pos < end) {
    const tag = r.tag()
    if (tag === 10) key = text(r)
    else if (tag === 18 && KEPT.has(key)) value = text(r)
    else r.skipType(tag & 7)
  }
  return whole(r, end, value === undefined ? known : {...known, [key]: value})
}
