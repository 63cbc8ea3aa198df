import {execFileSync} from 'node:child_process'
import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, expect, test} from 'vitest'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {differences} from './compare.ts'
import {idOf, listed} from './document.ts'
import type {Row} from './row.ts'
import {runRows, type Start} from './run.ts'
import {sections} from './sections.ts'

const minutes = 60_000

describeControlPlane(
  'real kubectl and the built plugin, with the same kubeconfigs, flags and environment',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'kubectl-stateful-packed-'))
    afterAll(() => rmSync(folder, {recursive: true, force: true}))

    test.for(sections)(
      'do and say the same, but for what docs/parity.md lists: %s',
      {timeout: 20 * minutes},
      async ([title, rows]) => {
        expect(await unexpected(title, rows)).toEqual({unlisted: [], equalByNow: []})
      },
    )

    test('and so does what is published', async () => {
      const [packed] = JSON.parse(
        execFileSync('npm', ['pack', '--ignore-scripts', '--json', `--pack-destination=${folder}`], {
          cwd: join(import.meta.dirname, '../../..'),
          encoding: 'utf8',
        }),
      )
      execFileSync('tar', ['-xzf', join(folder, packed.filename), '-C', folder])
      const start: Start = [process.execPath, join(folder, 'package', 'bin', 'run.js')]
      for (const [title, names] of PUBLISHED) {
        const rows = (sections.find(([each]) => each === title)?.[1] ?? []).filter(({name}) =>
          names.includes(name),
        )
        expect(rows).toHaveLength(names.length)
        expect(await unexpected(title, rows, start)).toEqual({unlisted: [], equalByNow: []})
      }
    })
  },
)

/** Of each part of the bundle that only some connections need. */
const PUBLISHED: readonly (readonly [string, readonly string[]])[] = [
  [
    'proxies',
    ['httpProxy to a name', 'httpsProxy to a name', 'socksProxy to a name', 'proxy-url with socks5h'],
  ],
  ['plugins', ['a token', 'YAML']],
  ['tls', ['bare by intermediate']],
  ['users', ['certificate', 'token in UTF-8']],
]

/** Rows whose difference nobody has explained, with what differs, and rows that are explained and equal. */
async function unexpected(title: string, rows: readonly Row[], start?: Start) {
  const known = listed()
  const pairs = (await runRows(rows, start)).map((pair) => ({
    id: idOf(title, pair.name),
    found: differences(pair),
  }))
  return {
    unlisted: pairs.filter(({id, found}) => found.length > 0 && !known.includes(id)),
    equalByNow: pairs.filter(({id, found}) => found.length === 0 && known.includes(id)).map(({id}) => id),
  }
}
