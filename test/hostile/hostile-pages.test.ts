/** What-ifs about clusters of somebody who wants to harm their reader, as pages for a browser. */
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {type KubernetesObject, nameOf} from '../../src/model/objects.ts'
import {render} from '../../src/render/index.ts'
import {sectionOf} from '../../src/render/view.ts'
import {whatIfView} from '../../src/render/views/what-if.ts'
import {whatIfQuestion} from '../../src/reports/what-if/question.ts'
import {attribute, classed, pageOf} from '../html-page.ts'
import {asList, readList, sources} from './answers.ts'
import {placesOf, renamed, valueAt} from './damage.ts'
import {hostileText} from './texts.ts'

const CASES = Number(process.env.HOSTILE_CASES ?? 100)
const SEED = Number(process.env.HOSTILE_SEED ?? 20261129)
const options = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: true}

async function pageAbout(list: unknown, at: number) {
  const {snapshot} = readList(list)
  const {nodes} = snapshot
  const node: KubernetesObject | undefined = nodes[at % nodes.length]
  if (!node) return undefined
  const question = whatIfQuestion({action: 'lose', neverReady: []})
  const report = question.build(snapshot, {names: [{resource: 'nodes', name: nameOf(node)}]})
  const surroundings = {title: `what-if lose ${nameOf(node)}`, before: ['Seen.'], after: []}
  const sections = () => whatIfView(report, options).map(sectionOf)
  const lines = await render({report, names: [], sections, surroundings}, 'html', options)
  return {report, ...pageOf([...lines].join('\n'))}
}

test(`${CASES} hostile what-ifs are pages that hold nothing else`, {timeout: 60 * 60_000}, async () => {
  let pages = 0
  let rounds = 0
  const aCase = fc.record({
    source: fc.nat(),
    where: fc.array(fc.nat(), {minLength: 1, maxLength: 4}),
    text: hostileText,
  })
  await fc.assert(
    fc.asyncProperty(aCase, async ({source, where, text}) => {
      const list = asList(await (sources[source % sources.length] as (typeof sources)[number]).read())
      const places = [...placesOf(list)].filter((place) => typeof valueAt(list, place) === 'string')
      const hurt = where.reduce<unknown>((known, each) => {
        const value = String(valueAt(list, places[each % places.length] ?? []))
        return renamed(known, value, text)
      }, list)
      const page = await pageAbout(hurt, source)
      if (!page) return
      expect(page.faults).toEqual([])
      const drawn = classed(page.elements, 'rounds').flatMap(({childNodes}) =>
        childNodes.filter((child) => 'tagName' in child && attribute(child, 'value') !== undefined),
      )
      expect(drawn).toHaveLength(page.report.steps.length)
      pages += 1
      rounds += drawn.length
    }),
    {numRuns: CASES, seed: SEED},
  )
  expect(pages).toBeGreaterThan(CASES / 10)
  expect(rounds).toBeGreaterThan(0)
})
