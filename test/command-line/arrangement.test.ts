import {expect, test} from 'vitest'
import type {Answering} from '../../src/command-line/answering.ts'
import type {ArrangementFlags} from '../../src/command-line/arrangement.ts'
import {arrangementOf} from '../../src/command-line/asked-arrangement.ts'
import {mapRows} from '../../src/commands/row-sources.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'
import {textLines} from '../../src/render/text.ts'
import {sectionOf, type TextOptions} from '../../src/render/view.ts'
import {mapView} from '../../src/render/views/map.ts'
import {mapQuestion} from '../../src/reports/map/question.ts'
import type {MapReport} from '../../src/reports/map/report.ts'
import {containerStatus, healthy, pod, snapshot} from '../builders.ts'

const answering: Answering<MapReport> = {
  question: mapQuestion,
  sections: (report, options) => mapView(report, options).map(sectionOf),
  rows: async () => mapRows,
}
const flags: ArrangementFlags = {
  output: 'table',
  'sort-by': undefined,
  'label-columns': [],
  'no-headers': false,
}
const options: TextOptions = {
  isColored: false,
  isWide: false,
  hasHeaders: false,
  hasNamespaces: false,
  findings: 'none',
}

/** First and last cell of each row. */
function shown({question, sections}: Answering<MapReport>, seen: ClusterSnapshot): readonly string[] {
  const report = question.build(seen, {names: []})
  return [...textLines(sections(report, options), options)].map((line) => {
    const cells = line.split(/ {2,}/)
    return `${cells[2]} ${cells.at(-1)}`
  })
}

const restarted = (ordinal: number, restartCount: number, color: string) =>
  pod({
    name: `web-${ordinal}`,
    metadata: {labels: {app: 'web', color}},
    status: {containerStatuses: [containerStatus({restartCount})]},
  })

test('who wants nothing of it gets the answer as it is', async () => {
  expect(await (await arrangementOf(flags))(answering)).toBe(answering)
})

test('who watches gets each answer sorted anew, with the labels of its own time', async () => {
  const arrange = await arrangementOf({...flags, 'sort-by': '.pod.restarts', 'label-columns': ['color']})
  const arranged = await arrange(answering)
  const at = (...pods: readonly ReturnType<typeof pod>[]) => snapshot({...healthy(2), pods})
  expect(shown(arranged, at(restarted(0, 5, 'red'), restarted(1, 2, 'blue')))).toEqual([
    'web-1 blue',
    'web-0 red',
  ])
  expect(shown(arranged, at(restarted(0, 5, 'red'), restarted(1, 9, 'green')))).toEqual([
    'web-0 red',
    'web-1 green',
  ])
  // a moment without any Pod ends no watch
  expect(shown(arranged, at())).toEqual(['<none> <none>', '<none> <none>'])
})

test('a field that no row has from the beginning is a mistake', async () => {
  const arranged = await (await arrangementOf({...flags, 'sort-by': '.pod.restart'}))(answering)
  expect(() => shown(arranged, snapshot(healthy(2)))).toThrow(
    `couldn't find any field with path "{.pod.restart}" in the list of objects`,
  )
  expect(shown(arranged, snapshot(healthy(1)))).toHaveLength(1)
})
