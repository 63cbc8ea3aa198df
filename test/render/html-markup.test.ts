import {createHash} from 'node:crypto'
import fc from 'fast-check'
import {parseFragment} from 'parse5'
import {describe, expect, test} from 'vitest'
import {cleanLine, cleanWhole} from '../../src/model/clean.ts'
import {html, verbatim} from '../../src/render/html/markup.ts'
import {DARK, GROUNDS, INKS, LIGHT, type Palette} from '../../src/render/html/palette.ts'
import {STYLE, STYLE_HASH} from '../../src/render/html/style.ts'
import {hostileText} from '../hostile/texts.ts'

describe('whatever is put into HTML is text', () => {
  test('between tags as in an attribute', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const {childNodes} = parseFragment(html`<p title="${text}">${text}</p>`.text)
        expect(childNodes).toHaveLength(1)
        expect(childNodes[0]).toMatchObject({
          tagName: 'p',
          attrs: [{name: 'title', value: cleanLine(text)}],
          childNodes: cleanLine(text) === '' ? [] : [{nodeName: '#text', value: cleanLine(text)}],
        })
      }),
      {numRuns: 2000},
    )
  })

  test('a command is whole', () => {
    const command = `kubectl get pods -l 'a in (b)' > "x" # </code>${'x'.repeat(5000)}`
    const {childNodes} = parseFragment(html`<code>${verbatim(command)}</code>`.text)
    expect(childNodes).toMatchObject([{tagName: 'code', childNodes: [{value: cleanWhole(command)}]}])
  })

  test('only HTML is left as it is', () => {
    expect(html`<b>${html`<i>${1}</i>`}${[html`<br>`, html`&amp;`]}</b>`.text).toBe(
      '<b><i>1</i><br>&amp;</b>',
    )
  })
})

/** WCAG 2.2, relative luminance. */
function luminance(color: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((left, right) => left - right)
  return (light + 0.05) / (dark + 0.05)
}

test('contrast is what WCAG says of known pairs', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

describe.each<[string, Palette]>([
  ['light', LIGHT],
  ['dark', DARK],
])('in %s', (_, palette) => {
  test.each(INKS.flatMap((ink) => GROUNDS.map((ground) => [ink, ground] as const)))(
    '%s is readable on %s',
    (ink, ground) => {
      expect(contrast(palette[ink], palette[ground])).toBeGreaterThanOrEqual(4.5)
    },
  )
})

describe('the style', () => {
  test('is the one that its policy lets through', () => {
    expect(`sha256-${createHash('sha256').update(STYLE).digest('base64')}`).toBe(STYLE_HASH)
  })

  test('has no colour but those of the palettes, and no address', () => {
    const rules = STYLE.replaceAll(/--[a-z]+:#[0-9a-f]{6}/g, '')
    expect(rules).not.toMatch(/#[0-9a-f]{3}|\brgb|\bhsl|url\(|@import|@font-face|<|https?:/i)
    const inks = [...rules.matchAll(/[{;](?:accent-)?color:([^;}]+)/g)].map(([, value]) => value)
    const grounds = [...rules.matchAll(/[{;]background:([^;}]+)/g)].map(([, value]) => value)
    const known = (names: readonly string[]) => names.map((name) => `var(--${name})`)
    expect(inks.length * grounds.length).toBeGreaterThan(0)
    expect(
      inks.filter((ink) => !known([...INKS, 'ground']).includes(ink ?? '') && ink !== 'inherit'),
    ).toEqual([])
    // what is marked has light and dark the other way round, which is the same contrast
    expect(
      grounds.filter((ground) => ![...known([...GROUNDS, 'error']), 'none'].includes(ground ?? '')),
    ).toEqual([])
  })

  test('has a shape for each colour, and both schemes, and paper', () => {
    for (const tone of ['ok', 'warn', 'error', 'muted'])
      expect(STYLE).toMatch(new RegExp(`\\.${tone}::before\\{content:"[^"]+"/""\\}`))
    const shapes = [...STYLE.matchAll(/::before\{content:"([^"]+)"/g)].map(([, shape]) => shape)
    expect(new Set(shapes).size).toBe(shapes.length)
    expect(STYLE).toContain('@media(prefers-color-scheme:dark)')
    expect(STYLE).toContain('@media print')
  })
})
