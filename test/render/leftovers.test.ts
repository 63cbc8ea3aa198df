import {expect, test} from 'vitest'
import {render} from '../../src/render/index.ts'
import {leftoversView} from '../../src/render/views/leftovers.ts'
import {widthOf} from '../../src/render/width.ts'
import {leftoversQuestion} from '../../src/reports/leftovers/question.ts'
import {claim, node, volume} from '../builders.ts'
import {leftoversOf} from '../reports/leftovers/leftovers-of.ts'

const LONG = 'a-quite-long-release-name-of-the-customer-facing-database'
const namespace = 'team-of-the-customer-facing-databases-production'

/** So many claims of a set that is gone, with names as real clusters have them. */
function report(count: number, name = LONG) {
  const names = Array.from({length: count}, (_, index) => `data-${name}-${index}`)
  return leftoversOf({
    nodes: [node()],
    persistentVolumeClaims: names.map((each) =>
      claim({name: each, namespace, spec: {volumeName: `pvc-${each}`}}),
    ),
    persistentVolumes: names.map((each) => volume({name: `pvc-${each}`})),
  })
}

async function linesOf(
  of: ReturnType<typeof report>,
  width?: number,
  isColored = false,
  format: 'table' | 'markdown' = 'table',
) {
  const sections = (options: Parameters<typeof leftoversView>[1]) => leftoversView(of, options)
  const surroundings = {title: 'kubectl stateful leftovers', before: [], after: []}
  const options = {isColored, isWide: false, hasHeaders: true, hasNamespaces: true, ...(width && {width})}
  const lines = await render(
    {report: of, names: leftoversQuestion.names(of), sections, surroundings},
    format,
    options,
  )
  return [...lines]
}

test.for([80, 120, 160])(
  'at %i columns no line but a command is wider, and what deleting does is there',
  async (width) => {
    const lines = await linesOf(report(3), width)
    const wide = lines.filter((line) => widthOf(line) > width && !line.includes('kubectl '))
    expect(wide).toEqual([])
    expect(lines.filter((line) => /pvc\/.*NoSet.*destroys its data.*1Gi/.test(line))).toHaveLength(3)
  },
)

test('the danger stands in the second line, before any row', async () => {
  const [first, second] = await linesOf(report(12))
  expect(first).toBe('12 left over: 12 claims (claims and volumes: 12Gi)')
  expect(second).toMatch(/^Deleting them destroys the data on 12Gi of disks permanently\./)
})

test('on a pipe 500 rows have full names, one line each; what to do is said once', async () => {
  const lines = await linesOf(report(500))
  expect(lines.filter((line) => line.includes(`pvc/data-${LONG}-`) && line.includes('NoSet  '))).toHaveLength(
    500,
  )
  expect(lines.filter((line) => line.includes('kubectl delete'))).toHaveLength(1)
  expect(lines.join('\n')).toContain('; 499 more like it')
})

test('text of a cluster breaks neither a terminal nor a ticket', async () => {
  const hostile = report(1)
  const [first] = hostile.leftovers
  const evil = {
    ...hostile,
    leftovers: [{...first, name: 'x\u001b[31m\r\n| a |', message: '<b>\u009b</b>'} as never],
  }
  for (const width of [undefined, 80])
    expect((await linesOf(evil, width)).join('\n')).not.toMatch(/[\u001b\u009b\r]/)
  const ticket = (await linesOf(evil, undefined, false, 'markdown')).join('\n')
  expect(ticket).not.toMatch(/[\u001b\u009b\r]|<b>/)
})

test('where all was seen and nothing is left, it says so', async () => {
  expect(await linesOf(leftoversOf({}))).toEqual(['Nothing is left over, as far as it was seen.'])
})

test('of a label it says what is known: that it is there, and not who has put it there', async () => {
  const labels = {'acme.example/app': 'web'}
  const labelled = claim({name: 'data-web-0', metadata: {name: 'data-web-0', namespace: 'shop', labels}})
  const text = (await linesOf(leftoversOf({persistentVolumeClaims: [labelled]}))).join('\n')
  expect(text).toContain('in shop labelled acme.example/app by something that is not known here')
  expect(text).not.toContain('controller')
})

test('what is being deleted is one sentence, whatever its kinds are', async () => {
  const going = {deletionTimestamp: '2026-05-01T11:00:00Z'}
  const names = Array.from({length: 4}, (_, index) => `pv-${index}`)
  const facts = {
    persistentVolumeClaims: [
      claim({name: 'data-web-0', metadata: {name: 'data-web-0', namespace: 'shop', ...going}}),
    ],
    persistentVolumes: names.map((name) =>
      volume({name, metadata: {name, ...going}, status: {phase: 'Failed'}}),
    ),
  }
  const lines = (await linesOf(leftoversOf(facts))).filter((line) => line.includes('being deleted'))
  expect(lines).toEqual([
    expect.stringMatching(/5 of 1Gi being deleted .*: pvc\/data-web-0, pv\/pv-0, pv\/pv-1 and 2 more\.$/),
  ])
})
