import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {runPlugin} from '../run-plugin.ts'

const ROOT = join(import.meta.dirname, '../..')
const STUCK = 'examples/stuck-rollout.yaml'
const saved = (name: string) => `test/scenarios/${name}/cluster.yaml`
const DAEMONS = saved('daemons-refused-and-stuck')

const run = (line: string, ...more: readonly string[]) => runPlugin([...line.split(' '), ...more], ROOT)
const folder = mkdtempSync(join(tmpdir(), 'templates-'))
afterAll(() => rmSync(folder, {recursive: true}))

/** The column of that name, without its header. */
function column(text: string, name: string): readonly string[] {
  const [header = '', ...rows] = text.split('\n\n')[0]?.trimEnd().split('\n') ?? []
  const index = header.split(/ {3,}/).indexOf(name)
  expect(index, header).toBeGreaterThanOrEqual(0)
  return rows.map((row) => row.split(/ {3,}/)[index] ?? '')
}

test('a template is asked of the report that -o json prints, and nothing is added to its text', async () => {
  const template = '{range .workloads[*].ordinals[?(@.pod.ready==true)]}{.ordinal}={.pod.name}{"\\n"}{end}.'
  expect(await run(`map -f ${STUCK} -o`, `jsonpath=${template}`)).toEqual({
    stdout: '0=db-0\n3=db-3\n.',
    stderr: '',
    code: 0,
  })
  const whole = JSON.parse((await run(`map -f ${STUCK} -o jsonpath={@}`)).stdout)
  expect(whole).toEqual(JSON.parse((await run(`map -f ${STUCK} -o json`)).stdout))
})

test.for([
  ['map', STUCK, 'workload.name,ordinal', 'db,0'],
  ['coverage', DAEMONS, 'daemonSet.name,name', 'agent,control-1'],
  ['rollout', DAEMONS, 'kind,name', 'DaemonSet,agent'],
  ['status', DAEMONS, 'kind,name', 'DaemonSet,agent'],
  ['leftovers', saved('left-behind'), 'kind,reason', 'PersistentVolumeClaim,BeyondOrdinals'],
  ['what-if drain node-a', DAEMONS, 'name,fate', 'agent-4ctxb,Left'],
] as const)('rows of %s are what its tables are about', async ([command, file, fields, first]) => {
  const spec = fields.split(',').map((field) => `${field}:.${field}`)
  const {stdout, code} = await run(`${command} -f ${file} --no-headers -o custom-columns=${spec}`)
  expect(code).toBe(0)
  expect(stdout.split('\n')[0]?.split(/ {3,}/)).toEqual(first.split(','))
})

test('custom columns of nothing are their headers, as in kubectl', async () => {
  expect(await run(`map -f ${STUCK} -n none -o custom-columns=A:.ordinal,LONGER:.pod`)).toEqual({
    stdout: 'A     LONGER\n',
    stderr: '',
    code: 0,
  })
})

test('what a row is in stands in it without its list', async () => {
  const {stdout} = await run(
    `map -f ${STUCK} --no-headers -o`,
    'custom-columns=A:.workload.ordinals,B:.workload.kind',
  )
  expect(new Set(stdout.trimEnd().split('\n'))).toEqual(new Set(['<none>   StatefulSet']))
})

test('--node shows the rows of that node alone', async () => {
  const {stdout} = await run(
    `coverage -f ${DAEMONS} --node node-b -o custom-columns=N:.name,S:.daemonSet.name`,
  )
  expect(column(stdout, 'N')).toEqual(['node-b', 'node-b', 'node-b'])
})

test('templates may stand in files', async () => {
  const [path, columns] = [join(folder, 'path'), join(folder, 'columns')]
  writeFileSync(path, '{.kind}\n')
  writeFileSync(columns, 'POD   NODE\n.pod.name .pod.nodeName\n')
  expect((await run(`map -f ${STUCK} -o jsonpath-file=${path}`)).stdout).toBe('MapReport\n')
  expect((await run(`map -f ${STUCK} -o custom-columns-file=${columns}`)).stdout).toContain(
    'db-3     node-a\n',
  )
})

test('tables, custom columns and data are sorted by the same field', async () => {
  const order = ['4', '5 (leftover)', '6 (leftover)', '0', '1', '3', '2']
  const sorted = `-f ${STUCK} --sort-by=.pod.restarts`
  expect(column((await run(`map ${sorted}`)).stdout, 'ORDINAL')).toEqual(order)
  const numbers = order.map((each) => each[0])
  expect(column((await run(`map ${sorted} -o custom-columns=O:.ordinal`)).stdout, 'O')).toEqual(numbers)
  expect((await run(`map ${sorted} -o jsonpath={..ordinals[*].ordinal}`)).stdout).toBe(numbers.join(' '))
  const {workloads} = JSON.parse((await run(`map ${sorted} -o json`)).stdout)
  expect(workloads[0].ordinals.map(({ordinal}: {ordinal: number}) => String(ordinal))).toEqual(numbers)
})

test('a table of several sets is sorted through all of them', async () => {
  const {stdout} = await run(`coverage -f ${DAEMONS} --all-nodes --findings none --sort-by={.name}`)
  const [, nodes = ''] = stdout.split('\n\n')
  const names = column(nodes, 'NODE')
  expect(names).toEqual(names.toSorted())
  expect(new Set(column(nodes, 'DAEMONSET').slice(0, 3)).size).toBe(3)
})

test('sizes are sorted by their amount', async () => {
  const {stdout} = await run(`leftovers -f ${saved('left-behind')} -o custom-columns=S:.size --sort-by=.size`)
  expect(stdout).toMatch(/^S\n(<none>\n)+(\d+Gi\n)+$/)
})

test.for([
  [`map -f ${STUCK}`, 'POD-NAME', ['db-0', 'db-1', 'db-2', 'db-3', '<none>', '<none>', '<none>']],
  [`status -f ${STUCK}`, 'POD-NAME', ['<none>']],
  [`coverage --node node-a -f ${DAEMONS}`, 'HOSTNAME', ['node-a', 'node-a', 'node-a']],
  [`leftovers -f ${STUCK}`, 'APP', ['db', 'db']],
] as const)('-L adds labels at the end: %s', async ([line, name, values]) => {
  const labels = 'statefulset.kubernetes.io/pod-name,kubernetes.io/hostname,app'
  const {stdout} = await run(`${line} -L ${labels} --no-headers=false`)
  const table = stdout.split('\n\n').find((part) => part.includes(' APP\n')) ?? ''
  expect(table.split('\n')[0]).toMatch(/POD-NAME +HOSTNAME +APP$/)
  expect(column(table, name)).toEqual(values)
})

test('rows that are about several nodes have one label only where all have the same', async () => {
  const {stdout} = await run(
    `coverage -f ${DAEMONS} -L kubernetes.io/hostname -L kubernetes.io/os --findings none`,
  )
  const groups = stdout.split('\n\n')[2] ?? ''
  expect(column(groups, 'HOSTNAME')).toContain('<various>')
  expect(column(groups, 'OS')).not.toContain('<various>')
})

test.for([
  [
    `why sts/db -f ${STUCK} -o custom-columns=A:.kind`,
    '--output custom-columns is about rows, and this answer has none: use --output jsonpath or json',
  ],
  [`why sts/db -f ${STUCK} --sort-by=.kind`, '--sort-by is about rows, and this answer has none'],
  [`coverage --matrix -f ${DAEMONS} -L a`, '--label-columns is about rows, and this answer has none'],
  [`rollout --revisions -f ${STUCK} -L a`, '--label-columns is about rows, and this answer has none'],
  [`map -f ${STUCK} -o json -L a`, '--label-columns option cannot be used with json printer'],
  [`map -f ${STUCK} -o jsonpath={.a} -L a`, '--label-columns option cannot be used with jsonpath printer'],
  [
    `map -f ${STUCK} --sort-by=.nope`,
    `couldn't find any field with path "{.nope}" in the list of objects\n(a row is an ordinal, with its set as .workload; its fields are those of -o json)`,
  ],
  [`map -f ${STUCK} --sort-by=.pod.ready`, 'Field {.pod.ready} is an unsortable type: bool'],
  [
    `map -f ${STUCK} --sort-by={.a`,
    "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
  ],
  [`map -f ${STUCK} -o jsonpath={.a`, 'error parsing jsonpath {.a, unclosed action'],
  [
    `map -f ${STUCK} -o jsonpath={.kind[0]}`,
    'error executing jsonpath "{.kind[0]}": Error executing template: string is not array or slice',
  ],
  [
    `map -f ${STUCK} -o custom-columns=A`,
    'unexpected custom-columns spec: A, expected <header>:<json-path-expr>',
  ],
  [
    `map -f ${STUCK} -o jsonpath-file=/none`,
    'error reading --template /none, open /none: no such file or directory',
  ],
  [
    `map -f ${STUCK} -o jsonpath-file=/dev/zero`,
    'error reading --template /dev/zero, open /dev/zero: read /dev/zero: more than 16 MiB',
  ],
  [
    `map -f ${STUCK} -o jsonpath={.workloads[99999999999999999999]}`,
    'error parsing jsonpath {.workloads[99999999999999999999]}, array index 99999999999999999999 is not a number',
  ],
] as const)('%s is refused', async ([line, sentence]) => {
  expect(await run(line)).toEqual({stdout: '', stderr: `error: ${sentence}\n`, code: 2})
})

test.for([
  ['jsonpath', 'template format specified but no template given'],
  ['jsonpath=', 'template format specified but no template given'],
  ['custom-columns', 'custom-columns format specified but no custom columns given'],
  ['custom-columns-file=', 'custom-columns format specified but no custom columns given'],
])('-o %s lacks its template', async ([format, sentence]) => {
  const {stderr, code} = await run(`map -f ${STUCK} -o ${format}`)
  expect([stderr.split('\n')[0], code]).toEqual([`error: ${sentence}`, 2])
})

test('a template without end is not blamed on the objects', async () => {
  const {stderr, code} = await run(`map -f ${STUCK} -o jsonpath=${'{range@}'.repeat(6000)}`)
  expect([stderr, code]).toEqual(['error: the template is nested too deeply, or finds too much\n', 2])
})

test('a bad template is refused before a cluster is asked', async () => {
  expect((await run('map -o jsonpath={.a')).stderr).toBe(
    'error: error parsing jsonpath {.a, unclosed action\n',
  )
})

test('explain has pages, not a report for templates', async () => {
  expect((await run('explain crash-loop -o jsonpath={.kind}')).stderr).toContain(
    'unable to match a printer suitable for the output format "jsonpath={.kind}", allowed formats are: html,json,markdown,name,table,wide,yaml',
  )
})
