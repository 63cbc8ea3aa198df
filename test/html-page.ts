/** What a browser would make of a page, and what it may be made of. */
import {type DefaultTreeAdapterTypes, type ParserError, parse} from 'parse5'
import {STYLE, STYLE_HASH} from '../src/render/html/style.ts'

export type Element = DefaultTreeAdapterTypes.Element
type Node = DefaultTreeAdapterTypes.ChildNode

export interface Page {
  readonly elements: readonly Element[]
  /** Each thing that is not as it should be, in a few words. */
  readonly faults: readonly string[]
}

const VOID = new Set(['meta', 'br'])
const ELEMENTS = new Set(
  'html head meta title style body header main section footer h1 h2 h3 h4 p b strong span small code pre ul ol li dl dt dd div details summary article a table caption thead tbody tr th td progress br'.split(
    ' ',
  ),
)

/** What an attribute may say: none of it is from a cluster but a description, which is no code. */
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  lang: /^en$/,
  charset: /^utf-8$/,
  'http-equiv': /^Content-Security-Policy$/,
  name: /^(viewport|referrer)$/,
  content: /^(width=device-width, initial-scale=1|no-referrer|default-src 'none'; .*)$/,
  class: /^[a-z]+( [a-z]+)*$|^finding of-[a-z]+$/,
  id: /^blocker-\d+$/,
  href: /^#blocker-\d+$/,
  scope: /^(row|col)$/,
  title: /^[A-Z][^<>]*$/,
  start: /^\d+$/,
  value: /^\d+$/,
  max: /^\d+$/,
  'aria-label': /^updated$/,
}

/** The page, and what is wrong with it: a parser's complaints, what is not closed, and what has no business there. */
export function pageOf(text: string): Page {
  const faults: string[] = []
  const onParseError = ({code, startLine}: ParserError) => faults.push(`${code} in line ${startLine}`)
  const document = parse(text, {onParseError, sourceCodeLocationInfo: true})
  const elements = document.childNodes.flatMap((node) => [...elementsIn(node)])
  for (const element of elements) faults.push(...faultsOf(element))
  const comments = text.match(/<!(?!doctype html>)/g) ?? []
  const ids = elements.flatMap((element) => attribute(element, 'id') ?? [])
  if (comments.length > 0) faults.push('a comment')
  if (new Set(ids).size < ids.length) faults.push('an id twice')
  for (const name of ['title', 'style', 'h1', 'main'])
    if (named(elements, name).length !== 1) faults.push(`not one ${name}`)
  return {elements, faults}
}

function* elementsIn(node: Node): Generator<Element> {
  if (!('tagName' in node)) return
  yield node
  for (const child of node.childNodes) yield* elementsIn(child)
}

function faultsOf(element: Element): readonly string[] {
  const {tagName, attrs, sourceCodeLocation} = element
  const isClosed = VOID.has(tagName) || sourceCodeLocation?.endTag
  return [
    ...(ELEMENTS.has(tagName) ? [] : [`<${tagName}>`]),
    ...(isClosed ? [] : [`<${tagName}> is not closed`]),
    ...attrs
      .filter(({name, value}) => !(Object.hasOwn(ATTRIBUTES, name) && ATTRIBUTES[name]?.test(value)))
      .map(({name, value}) => `<${tagName} ${name}="${value}">`),
    ...(tagName === 'style' && textOf(element) !== STYLE ? ['another style'] : []),
    ...(attribute(element, 'http-equiv') &&
    !attribute(element, 'content')?.includes(`style-src '${STYLE_HASH}';`)
      ? ['another policy']
      : []),
  ]
}

export function attribute({attrs}: Element, name: string): string | undefined {
  return attrs.find((each) => each.name === name)?.value
}

export function named(elements: readonly Element[], name: string): readonly Element[] {
  return elements.filter(({tagName}) => tagName === name)
}

export function classed(elements: readonly Element[], name: string): readonly Element[] {
  return elements.filter((element) => attribute(element, 'class')?.split(' ').includes(name))
}

/** Elements in it, itself first. */
export function within(element: Element): readonly Element[] {
  return [...elementsIn(element)]
}

export function textOf(node: Node): string {
  if ('value' in node && node.nodeName === '#text') return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}
