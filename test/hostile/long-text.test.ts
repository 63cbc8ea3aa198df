/** Time goes by the length of a text, wherever it stands: what is worse takes minutes here, and the test does not end. */
import {expect, test} from 'vitest'
import {parseKubeconfig} from '../../src/cluster/kubeconfig/file.ts'
import {parse} from '../../src/cluster/saved/parse.ts'
import {beginsAsSaved} from '../../src/cluster/saved/worth.ts'
import {extract} from '../../src/cluster/transport/status.ts'
import {refusalWords} from '../../src/diagnosis/creation/refusal-words.ts'
import {quoted, quotedInProof} from '../../src/diagnosis/words.ts'
import {clean, cleanCell, cleanLine, cleanWhole} from '../../src/model/clean.ts'
import {parseLabelQuery} from '../../src/model/label-query.ts'
import {quantity} from '../../src/model/quantity.ts'
import {schedulerMessage} from '../../src/model/scheduler-message.ts'
import {wrap} from '../../src/render/lines.ts'
import {cut, pieces} from '../../src/render/width.ts'
import {answer, asList, questionsAbout, readList, sources} from './answers.ts'
import {placesOf, valueAt, withAt} from './damage.ts'
import {runs} from './texts.ts'

const LONG = 200_000

function long(run: string, end = ''): string {
  return run.repeat(Math.ceil(LONG / run.length)) + end
}

const attempt = (work: () => unknown) => {
  try {
    return work()
  } catch {
    return undefined
  }
}

const TAKES: Readonly<Record<string, (text: string) => unknown>> = {
  clean,
  cleanCell,
  cleanLine,
  cleanWhole,
  quoted,
  quotedInProof,
  refusalWords,
  quantity,
  extract,
  schedulerMessage: (text) => schedulerMessage(text.slice(0, 32 * 1024)),
  wrap: (text) => wrap(text.slice(0, 4000), 60),
  cut: (text) => cut(text.slice(0, 4000), 60),
  pieces: (text) => pieces(text.slice(0, 1000), 10),
  parseLabelQuery: (text) => attempt(() => parseLabelQuery(text.slice(0, 32 * 1024))),
  beginsAsSaved: (text) => beginsAsSaved(Buffer.from(text)),
  kubeconfig: (text) =>
    attempt(() => parseKubeconfig(Buffer.from(`current-context: ${JSON.stringify(text)}`), '/')),
}

test.for(Object.keys(TAKES))('%s takes its time by the length of a text', (name) => {
  for (const run of runs) for (const end of ['', 'x']) TAKES[name]?.(long(run, end))
})

test('files of nothing but one thing are read or refused', async () => {
  const files = [
    ...runs,
    '---\n',
    '==== START logs for container x\n',
    '# x\n',
    '}\n{',
    '- ',
    '? ',
    '&a ',
    '*a ',
    '{a: ',
    "'",
    '%x\n',
  ]
  for (const run of files)
    for (const begin of ['', 'a: ', '{"a":"', 'kind: x\n'])
      await parse(begin + long(run), 'x').catch(() => undefined)
})

/** What shows much: one of them a Pod, its claim and volume, a node, and what events say of them. */
const SHOWING = /^(node-shutdown|pv-failed-delete|term-volume-unmount-stuck|ds-dead-node-eats-budget) of /

test('every text of a cluster may be long', async () => {
  const chosen = sources.filter(({name}) => SHOWING.test(name))
  expect(chosen.length).toBeGreaterThanOrEqual(4)
  for (const source of chosen) {
    const list = asList(await source.read())
    const texts = [...placesOf(list)].filter((place) => typeof valueAt(list, place) === 'string')
    for (const [index, place] of texts.entries()) {
      const run = runs[index % runs.length] ?? ''
      const {snapshot} = readList(withAt(list, place, (value) => `${value}${long(run)}`))
      for (const asked of questionsAbout(snapshot).slice(index % 4, (index % 4) + 2)) {
        const {lines} = await answer(
          snapshot,
          asked,
          index % 2 === 0 ? 'table' : 'wide',
          index % 3 === 0 ? 100 : undefined,
        )
        expect(lines.every((line) => line.length < 20_000)).toBe(true)
      }
    }
  }
})
