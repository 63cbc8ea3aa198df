import {afterAll, expect, test} from 'vitest'
import {capturedCluster} from './cluster.ts'
import {damaging, type FaultRow, faults} from './faults.ts'
import {type Ended, runFaulty} from './run.ts'
import {type Asked, faultyServer} from './server.ts'
import {expectTable, type TableRow} from './table.ts'

const cluster = await capturedCluster('stuck-rollout', 'daemons-refused-and-stuck')

const STATUS = ['status', '-A']
const OTHERS = [
  ['map', '-A'],
  ['coverage', '-A'],
  ['rollout', '-A'],
  ['why', 'sts/db'],
  ['snapshot', '-A', '-o', 'json'],
]

/** Each fault meets one of the other commands; with FAULTS=all it meets them all, which takes five minutes. */
function othersFor({isOfList, isDear}: FaultRow, index: number): readonly (readonly string[])[] {
  const those = OTHERS.filter(([name]) => !isOfList || name !== 'why')
  if (process.env.FAULTS === 'all') return those
  return isDear ? [] : those.slice(index % those.length).slice(0, 1)
}

/** Mebibytes. An answer that is as it should be takes 85, no answer may be longer than 256, and a busy machine collects late. */
const MOST_MEMORY = 700

const isOfPods = ({resource, verb}: Asked) => resource === 'pods' && verb !== 'watch'
const isOfWorkloads = ({resource}: Asked) => resource === 'statefulsets' || resource === 'daemonsets'

async function ask(row: FaultRow, args: readonly string[], chosen: (asked: Asked) => boolean, index: number) {
  const server = await faultyServer(cluster, {form: index % 2 === 0 ? 'protobuf' : 'json'})
  server.fail(damaging(row, chosen))
  try {
    const ended = await runFaulty([...args, '--chunk-size', '2', ...(row.args ?? [])], {url: server.url})
    return {...ended, stderr: ended.stderr.replaceAll(server.url, 'SERVER')}
  } finally {
    await server.close()
  }
}

const CODES = {broken: 2, part: 2, unauthorized: 2, refused: 0, none: 0} as const

function expectEnd({stderr, code, peak}: Ended, {says}: FaultRow, expected: number): void {
  expect({code, stderr}).toEqual({code: expected, stderr: expect.stringMatching(says)})
  expect(stderr).not.toContain('mistake in kubectl-stateful')
  expect(peak).toBeLessThan(MOST_MEMORY)
}

const table: TableRow[] = []
const rows = faults.map((row, index) => [row.name, row, index] as const)

test.concurrent.each(rows)('pods: %s', async (name, row, index) => {
  const ends = [await ask(row, STATUS, isOfPods, index)]
  for (const args of othersFor(row, index)) ends.push(await ask(row, args, isOfPods, index + 1))
  for (const end of ends) {
    expectEnd(end, row, CODES[row.kind])
    expect(end.stdout === '').toBe(row.kind === 'unauthorized')
  }
  const [{stdout, stderr, code}] = ends as [Ended]
  if (row.kind !== 'part')
    expect(stdout.includes('<unknown>')).toBe(row.kind === 'broken' || row.kind === 'refused')
  table.push({name, index, stdout, stderr, code})
})

/** Without it there is no answer: nothing is printed. Where some of them make no sense, the others are answered for. */
test.concurrent.each(rows.filter(([, {isDear}]) => !isDear))(
  'what is asked about: %s',
  async (_, row, index) => {
    const end = await ask(row, STATUS, isOfWorkloads, index)
    const isAnswered = row.kind === 'none' || row.kind === 'part'
    const says =
      row.kind === 'refused'
        ? {...row, says: /^Error from server \((Forbidden|NotFound|MethodNotAllowed)\): .+\n$/}
        : row
    expectEnd(end, says, row.kind === 'none' ? 0 : 2)
    if (!isAnswered) expect(end.stdout).toBe('')
    else if (row.kind === 'part') expect(end.stdout).not.toBe('')
  },
)

afterAll(async () => {
  if (table.length === faults.length) await expectTable(table)
})
