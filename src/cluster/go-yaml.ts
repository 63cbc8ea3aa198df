import {isUtf8} from 'node:buffer'
import {
  boolYaml11Tag,
  CORE_SCHEMA,
  defineScalarTag,
  load,
  loadAll,
  mergeTag,
  NOT_RESOLVED,
  YAMLException,
} from 'js-yaml'
import {bounded} from './unfolding.ts'

/**
 * Text of a file as Go's YAML parser reads it: UTF-8, or UTF-16 if its byte order mark says so.
 * @throws Error in that parser's words when it is no text.
 */
export function yamlText(bytes: Buffer): string {
  const text = decoded(bytes)
  if (CONTROL.test(text)) throw new Error('yaml: control characters are not allowed')
  return text
}

/** What may not stand in YAML at all; the mark at the beginning has gone by now. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0080-\u0084\u0086-\u009f\ufffe\uffff]/

function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return Buffer.from(bytes.subarray(2, bytes.length & ~1))
      .swap16()
      .toString('utf16le')
  if (!isUtf8(bytes)) throw new Error(`yaml: ${badOctet(bytes)}`)
  return bytes.toString().replace(/^\ufeff/, '')
}

/** What Go's reader says of bytes that are not UTF-8. */
function badOctet(bytes: Buffer): string {
  for (let at = 0; at < bytes.length; ) {
    const width = widthOf(bytes[at] ?? 0)
    if (width === 0) return 'invalid leading UTF-8 octet'
    const rest = bytes.subarray(at + 1, at + width)
    if (rest.some((byte) => byte >> 6 !== 2)) return 'invalid trailing UTF-8 octet'
    if (rest.length < width - 1) return 'incomplete UTF-8 octet sequence'
    at += width
  }
  return 'invalid Unicode character'
}

function widthOf(lead: number): number {
  if (lead < 0x80) return 1
  return lead >> 5 === 0b110 ? 2 : lead >> 4 === 0b1110 ? 3 : lead >> 3 === 0b11110 ? 4 : 0
}

/** A number by YAML 1.1 as go-yaml understands it. That it is one is all that counts: none is expected anywhere. */
const INTEGER = /^[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[0-9]+)$/
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$|^[-+]?\.(inf|Inf|INF)$|^\.(nan|NaN|NAN)$/

const goNumberTag = defineScalarTag('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: [...'-+.0123456789'],
  resolve: (source) => {
    const plain = source.replaceAll('_', '')
    return INTEGER.test(plain) || FLOAT.test(plain) ? numberOf(plain) : NOT_RESOLVED
  },
  identify: () => false,
})

function numberOf(plain: string): number {
  if (/\.inf$/i.test(plain)) return plain.startsWith('-') ? -Infinity : Infinity
  return /nan$/i.test(plain) ? NaN : Number.parseFloat(plain) || 0
}

/** A tag that Go does not know changes nothing. */
const unknownTags = ['!', 'tag:'].map((tagName) =>
  defineScalarTag(tagName, {matchByTagPrefix: true, resolve: (source) => source, identify: () => false}),
)

const binaryTextTag = defineScalarTag('tag:yaml.org,2002:binary', {
  resolve: (source) => Buffer.from(source, 'base64').toString('latin1'),
  identify: () => false,
})

/** Go reads YAML 1.1: `yes`, `on` and `y` are true, and so on. A time stays the text that it is. */
const schema = CORE_SCHEMA.withTags(boolYaml11Tag, goNumberTag, mergeTag, binaryTextTag, ...unknownTags)

/** The first document of a text, where a repeated key overrides the one before, as in Go. @throws Error `yaml: line 3: …` */
export function goYaml(text: string): unknown {
  return worded(() => bounded(loadAll(text, {schema, json: true})[0], text))
}

/** The only document of a text. @throws Error as `goYaml` does */
export function onlyGoYaml(text: string): unknown {
  return worded(() => bounded(load(text, {schema, json: true}), text))
}

function worded<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const [, anchor] = /^unidentified alias "(.*)"$/.exec(error.reason ?? '') ?? []
    if (anchor !== undefined) throw new Error(`yaml: unknown anchor '${anchor}' referenced`)
    throw new Error(`yaml: line ${(error.mark?.line ?? 0) + 1}: ${error.reason}`)
  }
}
