import {createRequire} from 'node:module'
import {Script} from 'node:vm'
import type {CodeCache} from './code-cache.ts'
import type {Stored} from './stored.ts'

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
export function packsIn(stored: Stored, cache: CodeCache): Require {
  const ofNode = createRequire(stored.pathOf('main'))
  const main = runPack<MainPack>('main', stored, cache)
  const packs = new Map<string, Pack>([['main', main.chunks]])
  const running = new Map<string, {exports: object}>()

  function chunkNamed(name: string): Chunk {
    const pack = main.packs[name] ?? ''
    const chunks = packs.get(pack) ?? runPack<Pack>(pack, stored, cache)
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

function runPack<T>(name: string, stored: Stored, cache: CodeCache): T {
  const options = {filename: stored.pathOf(name), cachedData: cache.codeOf(name)}
  const script = new Script(stored.pack(name), options)
  cache.keep(name, script)
  return script.runInThisContext() as T
}
