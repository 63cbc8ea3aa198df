import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {classed, type Element, named, pageOf, textOf, within} from '../html-page.ts'
import {runPlugin} from '../run-plugin.ts'

const root = join(import.meta.dirname, '../..')
const scenario = (name: string) => `test/scenarios/${name}/cluster.yaml`
const STUCK = 'examples/stuck-rollout.yaml'

async function picture(line: string, input = '') {
  const ran = await runPlugin([...line.split(' '), '-o', 'html'], root, input)
  const {elements, faults} = pageOf(ran.stdout)
  expect(faults).toEqual([])
  return {...ran, elements, text: textOf(named(elements, 'body')[0] as Element)}
}

function texts(elements: readonly Element[], name: string): readonly string[] {
  return named(elements, name).map((element) => textOf(element).replaceAll(/\s+/g, ' ').trim())
}

describe('a picture of', () => {
  test.each([
    [`map -f ${STUCK}`, ['What was found', 'Where everything is']],
    [`coverage -f ${scenario('daemons-refused-and-stuck')}`, ['What was found', 'Nodes and DaemonSets']],
    [`rollout -f ${STUCK}`, ['What comes next, and what is in the way', 'The queue']],
    [`why sts/db -f ${STUCK}`, ['The cause, and what to do', 'The chain, and what happened']],
    [`what-if drain node-a -f ${STUCK}`, ['How it would end', 'On the way there']],
    [`status -f ${STUCK}`, []],
  ])('%s', async (line, titles) => {
    const {elements, stderr, code} = await picture(`${line} --color always --no-headers`)
    expect({code, titles: texts(elements, 'h2')}).toEqual({code: 0, titles})
    const words = line.split(' -f')[0] ?? ''
    expect(texts(elements, 'h1')).toEqual([`kubectl stateful ${words}`])
    expect(texts(elements, 'title')).toEqual(texts(elements, 'h1'))
    expect(stderr).not.toContain('error')
  })

  test('the example: who blocks, whose volume is where, and what to do', async () => {
    const {elements, text} = await picture(`map -f ${STUCK}`)
    expect(classed(elements, 'mark').map(({parentNode}) => textOf(parentNode as Element))).toEqual([
      'db-1 Pending 0/1 blockerclaim data-db-1 · 10Gi · volume disk-b1 · only from node node-b',
    ])
    expect(texts(elements, 'h3')).toEqual([
      expect.stringMatching(
        /^Error Volume disk-b1 is only reachable from node node-b.* sched-pv-node-affinity$/,
      ),
      expect.stringMatching(/^Error Container app of db-2 crashes .* crash-loop$/),
      expect.stringMatching(/^Note 2 claims are left over/),
      'On no node 2 ordinals',
      'Zone zone-a 1 node, 2 ordinals',
      'Zone zone-c 1 node, 1 ordinal',
      'Only claims are left 2 ordinals',
    ])
    const labels = new Set(texts(elements, 'dt'))
    expect(labels).toEqual(new Set(['Spread', 'Also', 'Look', 'Act', "Don't", 'Proof', 'Risk 2/6']))
    expect(text).toContain('Seen at 2026-11-29T02:23:46Z. Version of the server: v1.37.1.')
  })

  test('a what-if begins with its bad end', async () => {
    const {elements} = await picture(`what-if drain node-a -f ${scenario('healthy-twelve-ordinals')}`)
    expect(texts(elements, 'h3')[0]).toMatch(
      /^Ends Short: shop\/db-0, shop\/db-4 and 2 more do not come back/,
    )
    expect(texts(elements, 'caption')).toEqual(['Ready Pods of each set', 'What becomes of each Pod'])
  })

  test('a volume that the node of its Pod can not reach', async () => {
    const list = JSON.parse((await runPlugin(['map', '-o', 'json', '-f', STUCK], root)).stdout)
    expect(list.workloads[0].ordinals[0].claims[0].volume.reachesNode).toBe(true)
    const moved = readFileSync(join(root, STUCK), 'utf8').replace(/nodeName: node-a/, 'nodeName: node-c')
    const {elements} = await picture('map -f -', moved)
    const out = named(elements, 'li').filter((each) => /out of reach of node-c/.test(textOf(each)))
    expect(out.map(textOf)).toContainEqual(
      expect.stringMatching(
        /^claim data-db-\d · 10Gi · volume disk-a\d · out of reach of node-c · only from node node-a/,
      ),
    )
    expect(classed(out, 'error').length).toBeGreaterThan(0)
  })
})

test('what was not seen is <unknown>, never fine, and it is said why', async () => {
  const {elements, text} = await picture(`map -f ${scenario('reader-of-one-namespace')}`)
  expect(texts(elements, 'h3')).toContain('Zone <unknown> 3 nodes, 3 ordinals')
  expect(text).toContain(
    'could not read persistentvolumes, storageclasses, volumeattachments, nodes (Forbidden)',
  )
  expect(text).toMatch(/nodes: Forbidden: .*nodes is forbidden/)
})

test('a name that is not there stands in it, and is the exit status', async () => {
  const {code, text, stderr} = await picture(`map db nope -n shop -f ${STUCK}`)
  expect(code).toBe(2)
  expect(text).toContain(stderr.trim())
  expect(text).toContain('db-3')
})

test('where there is nothing, the page says so', async () => {
  const {code, text, stderr} = await picture(`coverage -A -f ${STUCK}`)
  expect([code, stderr]).toEqual([0, 'No resources found\n'])
  expect(text).toContain('No resources found')
})

test('findings are left out with a word', async () => {
  const {text} = await picture(`map -f ${STUCK} --findings none`)
  expect(text).toContain('Left out (--findings none).')
})

test('coverage of one node, and of each node by itself', async () => {
  const file = scenario('daemon-rollout-meets-dead-node')
  const heads = async (flags: string) => {
    const {elements} = await picture(`coverage -f ${file}${flags}`)
    const [grid] = classed(elements, 'coverage')
    return grid ? texts(within(grid), 'th').slice(2) : []
  }
  expect(await heads(' --node worker-6')).toEqual(['worker-6'])
  expect(await heads('')).toEqual(['worker-4 (NotReady)', 'worker-6', expect.stringMatching(/^4 nodes /)])
  expect(await heads(' --all-nodes')).toHaveLength(6)
})

test.each(['map', 'coverage', 'rollout', 'status'])('%s --watch -o html is refused', async (command) => {
  const {stdout, stderr, code} = await runPlugin([command, '-w', '-o', 'html'], root)
  expect([stdout, stderr.split('\n')[0], code]).toEqual([
    '',
    'error: --watch prints text: --output table or wide',
    2,
  ])
})

const field = join(root, 'test/field')
const cases = readdirSync(field, {withFileTypes: true})
  .filter(({name}) => existsSync(join(field, name, 'cluster.yaml')))
  .map(({name}) => name)

test('what operators brought, as pictures; where there is no answer there is none', async () => {
  let drawn = 0
  for (const name of cases)
    for (const command of ['map', 'coverage', 'rollout']) {
      const words = [command, '-A', '-f', `test/field/${name}/cluster.yaml`, '-o', 'html']
      const {stdout, code} = await runPlugin(words, root)
      expect({name, faults: stdout === '' ? [] : pageOf(stdout).faults}).toEqual({name, faults: []})
      if (stdout === '') expect(code).toBe(2)
      else drawn += 1
    }
  expect(drawn).toBeGreaterThan(cases.length)
}, 120_000)
