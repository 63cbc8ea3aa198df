import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {join} from 'node:path'
import {Script} from 'node:vm'
import type {CodeCache} from './code-cache.ts'

type Require = (name: string) => unknown
type Chunk = (require: Require, module: {exports: object}, exports: object) => void

/** What a file of `dist` says: chunks of the bundle by their names. That of `main` says where all others lie, too. */
type Pack = Readonly<Record<string, Chunk>>
interface MainPack {
  readonly chunks: Pack
  readonly packs: Readonly<Record<string, string>>
}

/**
 * `require` for the chunks that `scripts/packs.ts` has laid together in a few files: a chunk runs when something first wants
 * it, and its file is read then. Node's own loader would do, but for the functions in its code cache: see `code-cache.ts`.
 */
export function packsIn(folder: string, cache: CodeCache): Require {
  const ofNode = createRequire(join(folder, 'main.cjs'))
  const main = runPack<MainPack>('main', folder, cache)
  const packs = new Map<string, Pack>([['main', main.chunks]])
  const running = new Map<string, {exports: object}>()

  function chunkNamed(name: string): Chunk {
    const pack = main.packs[name] ?? ''
    const chunks = packs.get(pack) ?? runPack<Pack>(pack, folder, cache)
    packs.set(pack, chunks)
    return chunks[name] as Chunk
  }

  function load(name: string): object {
    const known = running.get(name)
    if (known) return known.exports
    const module = {exports: {}}
    running.set(name, module)
    chunkNamed(name)(require, module, module.exports)
    return module.exports
  }

  const require: Require = (name) => (name.startsWith('./') ? load(name) : ofNode(name))
  return require
}

function runPack<T>(name: string, folder: string, cache: CodeCache): T {
  const filename = join(folder, `${name}.cjs`)
  // all that is not ASCII is escaped in it
  const script = new Script(readFileSync(filename, 'latin1'), {filename, cachedData: cache.codeOf(name)})
  cache.keep(name, script)
  return script.runInThisContext() as T
}
