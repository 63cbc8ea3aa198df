import {expect, test} from 'vitest'
import type {CoverageReport} from '../../src/reports/coverage/report.ts'
import type {MappedOrdinal, MappedWorkload, MapReport} from '../../src/reports/map/report.ts'
import type {RolledWorkload, RolloutReport} from '../../src/reports/rollout/report.ts'
import type {WhyReport} from '../../src/reports/why/report.ts'
import {clusters} from '../clusters-by-cause.ts'
import {askedOf} from '../every-question.ts'
import {answer} from '../hostile/answers.ts'
import {attribute, classed, type Element, named, pageOf, textOf, within} from '../html-page.ts'

/** Every question of that command about every cluster that shows a cause, and its page. */
async function* pages(command: string, most: number) {
  for (const {name, read} of clusters) {
    const snapshot = await read()
    const asked = askedOf(snapshot).filter(({text}) => text.startsWith(`${command} `))
    for (const each of asked.slice(0, most)) {
      const {report, lines} = await answer(snapshot, each, 'html')
      const {elements, faults} = pageOf(lines.join('\n'))
      expect({name, faults}).toEqual({name, faults: []})
      yield {name: `${name}: ${each.text}`, report: report as unknown, elements}
    }
  }
}

/** Words of the elements with that name. */
function words(elements: readonly Element[], name: string): readonly string[] {
  return named(elements, name).map((element) => textOf(element).trim())
}

/** A node's name without what is odd about it. */
function bare(title: string): string {
  return title.replace(/ \((NotReady|cordoned|deleted)\)$/, '')
}

function ordinalName({namespace, name}: MappedWorkload, {ordinal, pod}: MappedOrdinal): string {
  return `${namespace}/${ordinal === null ? (pod?.name ?? name) : `${name}-${ordinal}`}`
}

test('map: every ordinal is in the picture once, in the box of its node', async () => {
  let count = 0
  let marked = 0
  for await (const {name, report, elements} of pages('map', 1)) {
    const {workloads} = report as MapReport
    const all = workloads.flatMap((workload) => workload.ordinals.map((ordinal) => ({workload, ordinal})))
    const zones = named(elements, 'section').filter((each) => attribute(each, 'class') === 'zone')
    const drawn = zones.flatMap((zone) => words(within(zone), 'b'))
    expect({name, drawn: drawn.toSorted()}).toEqual({
      name,
      drawn: all.map(({workload, ordinal}) => ordinalName(workload, ordinal)).toSorted(),
    })
    for (const box of classed(elements, 'box')) {
      const [title = ''] = words(within(box), 'h4')
      const there = all.filter(({ordinal: {node}}) => bare(title) === node?.name)
      expect(words(within(box), 'b').toSorted()).toEqual(
        there.map(({workload, ordinal}) => ordinalName(workload, ordinal)).toSorted(),
      )
    }
    const marks = classed(elements, 'mark')
    const blocked = workloads.filter(({findings: [first]}) => first && first.severity !== 'info')
    expect(marks.length).toBeLessThanOrEqual(blocked.length)
    count += all.length
    marked += marks.length
  }
  expect(count).toBeGreaterThan(200)
  expect(marked).toBeGreaterThan(50)
})

test('coverage: every node is in the grid once, in a row with a cell for each DaemonSet', async () => {
  let count = 0
  for await (const {name, report, elements} of pages('coverage', 1)) {
    const {daemonSets} = report as CoverageReport
    const rows = classed(elements, 'coverage').flatMap((table) => named(within(table), 'tr').slice(1))
    const names = rows.flatMap((row) => {
      const [head] = named(within(row), 'th')
      const listed = head ? words(within(head), 'small') : []
      const single = head ? words(within(head), 'div').map(bare) : []
      return [...listed.flatMap((text) => text.split('\n')), ...single]
    })
    const known = new Set(daemonSets.flatMap(({nodes}) => nodes.map((node) => node.name)))
    expect({name, names: names.toSorted()}).toEqual({name, names: [...known].toSorted()})
    for (const row of rows) expect(named(within(row), 'td')).toHaveLength(daemonSets.length)
    count += names.length
  }
  expect(count).toBeGreaterThan(100)
})

function stepNames({steps}: RolledWorkload): readonly string[] {
  return steps.map(({ordinal, nodeName, pod}) =>
    ordinal === null ? [nodeName, pod].filter(Boolean).join(' ') : (pod ?? `ordinal ${ordinal}`),
  )
}

test('rollout: the queue has every step once and in its order, and who is in the way is marked once', async () => {
  let marked = 0
  for await (const {name, report, elements} of pages('rollout', 2)) {
    const {workloads} = report as RolloutReport
    const open = workloads.filter(({state}) => workloads.length === 1 || state !== 'Complete')
    for (const section of classed(elements, 'zone')) {
      const title = words(within(section), 'h3')[0] ?? ''
      const workload = open.find((each) => title === `${each.kind} ${each.namespace}/${each.name}`)
      const queue = named(within(section), 'ol').flatMap(within)
      const drawn = words(queue, 'b')
      if (named(queue, 'details').length === 0)
        expect({name, drawn}).toEqual({name, drawn: workload ? stepNames(workload) : undefined})
      const marks = classed(within(section), 'mark')
      expect(marks).toHaveLength(workload?.blockedBy ? 1 : 0)
      const [at] = marks.flatMap(({parentNode}) => (parentNode ? [textOf(parentNode as Element)] : []))
      const who = workload?.blockedBy?.pod ?? workload?.blockedBy?.nodeName
      if (who && at?.includes(' blocking ')) expect(at).toContain(who)
      marked += marks.length
    }
    expect(classed(elements, 'zone')).toHaveLength(open.length)
  }
  expect(marked).toBeGreaterThan(30)
})

test('why: the whole chain, with one broken link where one is broken, and all that happened', async () => {
  let broken = 0
  for await (const {name, report, elements} of pages('why', 3)) {
    const {chain, timeline} = report as WhyReport
    const links = new Set(chain.map((link) => Object.values(link).join('\n')))
    expect({name, links: named(elements, 'ol').flatMap((list) => named(within(list), 'li')).length}).toEqual({
      name,
      links: links.size,
    })
    const isBroken = chain.some(({state}) => state === 'broken' || state === 'missing')
    expect(classed(elements, 'mark')).toHaveLength(isBroken ? 1 : 0)
    expect(named(elements, 'tr').length).toBe(
      timeline.length + (timeline.length > 0 ? Math.ceil(timeline.length / 200) : 0),
    )
    broken += isBroken ? 1 : 0
  }
  expect(broken).toBeGreaterThan(20)
})
