import {dirname, join} from 'node:path'
import {getRawAsset} from 'node:sea'
import {COMPLETE} from './kind-of-run.ts'
import {run} from './run.ts'
import type {Stored} from './stored.ts'

/** In the executable that is running, where `scripts/package/executable.ts` has put it. */
const stored: Stored = {
  pack: (name) => textOf(`${name}.cjs`, 'latin1'),
  pathOf: (pack) => join(dirname(process.execPath), `${pack}.cjs`),
  manifest: () => textOf('oclif.manifest.json', 'utf8'),
}

/** Without a copy of its bytes. */
function textOf(asset: string, encoding: BufferEncoding): string {
  return Buffer.from(getRawAsset(asset) as ArrayBuffer).toString(encoding)
}

// One file has two names: under that by which kubectl asks for words behind TAB it gives these, so that a link is all it takes.
const isCompletion = /(^|[\\/])kubectl_complete-stateful(\.exe)?$/i.test(process.argv0)
const argv = process.argv.slice(2)
void run(isCompletion ? [COMPLETE, ...argv] : argv, stored)
