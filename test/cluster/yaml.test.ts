import {expect, test} from 'vitest'
import {parseKubeconfig} from '../../src/cluster/kubeconfig/file.ts'
import {parse} from '../../src/cluster/saved/parse.ts'
import {readYaml} from '../../src/cluster/yaml.ts'

/** Each level stands for ten of the one before. */
function nested(levels: number): string {
  const level = (index: number) =>
    `a${index}: &a${index} [${Array(10)
      .fill(`*a${index - 1}`)
      .join(', ')}]`
  return ['a0: &a0 x', ...Array.from({length: levels}, (_, index) => level(index + 1))].join('\n')
}

test('aliases that stand for more than Go lets them are refused in its words, in a file and in a kubeconfig', async () => {
  const words = 'yaml: document contains excessive aliasing'
  expect(() => readYaml(nested(9))).toThrow(words)
  expect(() => parseKubeconfig(Buffer.from(nested(9)), '/')).toThrow(words)
  await expect(parse(`kind: List\n${nested(9)}`, 'x')).rejects.toThrow(`error: error parsing x: ${words}`)
})

test('what contains itself is refused', () => {
  expect(() => readYaml('a: &a [*a]')).toThrow("yaml: anchor's value contains itself")
})

test('one long text in many places is refused, too: it would be printed in each', () => {
  const text = `a: &a ${'x'.repeat(100_000)}\nb:\n${'- *a\n'.repeat(1000)}`
  expect(() => readYaml(text)).toThrow('excessive aliasing')
})

test('as many aliases as people write are read', () => {
  expect(readYaml(nested(1))).toMatchObject({a1: Array(10).fill('x')})
  const many = `base: &base {a: 1, b: [2]}\nitems:\n${'- {of: *base, x: 1, y: 2, z: 3}\n'.repeat(2000)}`
  expect((readYaml(many) as {items: unknown[]}).items).toHaveLength(2000)
})

test('a document that is too deep is an error about the document', async () => {
  for (const text of ['['.repeat(200_000), '{"a":'.repeat(200_000), '- '.repeat(200_000)])
    await expect(parse(text, 'x')).rejects.toThrow(/^error: error parsing x/)
})

test('more values than fit into a machine are refused before they are read', async () => {
  for (const text of [`[${'0,'.repeat(20_000_001)}0]`, `a: x\n${'\n'.repeat(20_000_001)}`])
    await expect(parse(text, 'x')).rejects.toThrow('more than 20000000 values')
})

test('a log within a dump is left out, one without an end stays', async () => {
  const log =
    '==== START logs for container a of pod b ====\nkind: x\n==== END logs for container a of pod b ====\n'
  expect(await parse(`${log}{"kind":"A"}\n${log}${log}{"kind":"B"}\n${log}`, 'x')).toEqual([
    {kind: 'A'},
    {kind: 'B'},
  ])
})
