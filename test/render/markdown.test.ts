import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {clean, cleanCell} from '../../src/model/clean.ts'
import {markdownLines} from '../../src/render/markdown.ts'
import {escaped, fenced, plain} from '../../src/render/markdown-text.ts'
import type {Line, Section} from '../../src/render/view.ts'

const options = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}
const around = {title: 'kubectl stateful map', before: [], after: []}

function section(lines: readonly Line[], rows: readonly string[] = []): Section<unknown> {
  const columns = [
    {name: 'POD', description: '', cell: (row: unknown) => String(row)},
    {name: 'IP', description: '', isWide: true, cell: () => '10.0.0.1'},
    {name: 'STATUS', description: '', cell: () => ({text: '<none>', tone: 'muted' as const})},
  ]
  return {table: {columns, rows}, paragraphs: lines.length > 0 ? [{lines}] : []}
}

const written = (...sections: readonly Section<unknown>[]) =>
  [...markdownLines(sections, options, around)].slice(2)

test('a title, what was known, and what could not be read', () => {
  const whole = {title: 'kubectl stateful map', before: ['Seen at noon.'], after: ['Warning: <unknown>']}
  expect([...markdownLines([section([], ['db-0'])], options, whole)]).toEqual([
    '## kubectl stateful map',
    '',
    'Seen at noon.',
    '',
    '| POD | STATUS |',
    '|---|---|',
    '| db-0 | \\<none\\> |',
    '',
    'Warning: \\<unknown\\>',
  ])
})

test('a heading, whose parts spaces keep apart, and what stands under a table', () => {
  const head = ['StatefulSet shop/db   RollingUpdate', 'db-1 → db-2    3/5 updated']
  expect(written({...section([]), head, foot: ['and 8 earlier']})).toEqual([
    '### StatefulSet shop/db · RollingUpdate',
    '',
    'db-1 → db-2 · 3/5 updated',
    '',
    'and 8 earlier',
  ])
})

test('a finding: labels in bold, its id, commands to copy', () => {
  expect(
    written(
      section([
        {label: 'Error', text: 'Image db does not exist', tag: 'image-not-found'},
        {label: 'Look', text: 'kubectl get nodes', isCommand: true},
        {label: '', text: 'kubectl describe pod db-0', isCommand: true},
        {label: 'Act', text: '1. correct the image'},
        {label: '', text: 'kubectl set image sts/db app=db:2', isCommand: true},
        {label: '', text: '2. or wait'},
        {label: 'Proof', text: 'one'},
        {label: '', text: 'two'},
      ]),
    ),
  ).toEqual([
    '**Error:** Image db does not exist `image-not-found`',
    '',
    '**Look:**',
    '',
    '```sh',
    'kubectl get nodes',
    'kubectl describe pod db-0',
    '```',
    '',
    '**Act:**',
    '',
    '1. correct the image',
    '',
    '   ```sh',
    '   kubectl set image sts/db app=db:2',
    '   ```',
    '',
    '2. or wait',
    '',
    '**Proof:**',
    '',
    '- one',
    '- two',
  ])
})

describe('what is hostile is shown as it is', () => {
  test.each([
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['12. item', '12\\. item'],
    ['2026-11-20', '2026-11-20'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['a|b', 'a\\|b'],
    ['a\\|b', 'a\\\\\\|b'],
    ['`rm -rf`', '\\`rm -rf\\`'],
    ['[x](http://y)', '\\[x\\](http://y)'],
    ['my_set and _slanted_', 'my_set and \\_slanted\\_'],
    ['&lt;', '\\&lt;'],
    ['db@sha256:0 @you #12', 'db@sha256:0 @&#8203;you #&#8203;12'],
    ['a\n\n# b', 'a # b'],
    ['\u001b[2J', '^\\[\\[2J'.replace('\\[\\[', '[\\[').replace('^[', '^\\[')],
  ])('%j', (text, expected) => {
    expect(plain(text)).toBe(expected)
  })

  test('no text leaves its cell', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        const [, , row = ''] = written(section([], [text]))
        const cells = row.slice(2, -2).split(/(?<!\\)(?:\\\\)*\|/)
        expect(cells).toHaveLength(2)
        expect(row).not.toContain('\n')
        const shown = escaped(cleanCell(text)).replaceAll('&#8203;', '').replaceAll(/\\(.)/g, '$1')
        expect(shown).toBe(cleanCell(text).replaceAll('&#8203;', ''))
      }),
    )
  })

  test('no command leaves its block', () => {
    fc.assert(
      fc.property(fc.string({unit: fc.constantFrom('`', '\n', 'a', ' ', '~')}), (text) => {
        const [fence = '', ...others] = fenced([text])
        expect(others.at(-1)).toBe(fence)
        expect(others.slice(0, -1)).toEqual([clean(text.replaceAll(/\s*\n+\s*/g, ' '))])
        expect(others[0]).not.toContain(fence)
      }),
    )
  })
})
