import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import type {Script} from 'node:vm'
import {type CacheFolder, cacheFolders} from './cache-folders.ts'

/** Compiled code of one kind of run: read when it starts, written when it is over. */
export interface CodeCache {
  readonly codeOf: (pack: string) => Buffer | undefined
  /** To be written unless V8 has taken what was read. */
  readonly keep: (pack: string, script: Script) => void
  /** In silence: without it the next run is slower, no more. */
  readonly save: () => void
}

export const NO_CACHE: CodeCache = {codeOf: () => undefined, keep: () => {}, save: () => {}}

/**
 * Cache of all functions that such a run needs. Node's own holds those that run while a module is loaded, and no others: most
 * of the compiling would be done again each time. `build` must differ where the code does: V8 looks at its length alone.
 */
export function codeCache(dist: string, build: string, kind: string): CodeCache {
  const {NODE_DISABLE_COMPILE_CACHE: isOff} = process.env
  if (isOff !== undefined && isOff !== '') return NO_CACHE
  const folders = cacheFolders(dist)
  const place = join(`${build}-${process.version}-${process.arch}`, kind)
  const fresh = new Map<string, Script>()
  return {
    codeOf: (pack) => firstOf(folders, (folder) => readFileSync(join(folder.path, `${place}-${pack}`))),
    keep: (pack, script) => {
      if (script.cachedDataRejected !== false) fresh.set(pack, script)
    },
    save: () => {
      for (const [pack, script] of fresh) {
        const code = script.createCachedData()
        firstOf(folders, (folder) => write(folder, `${place}-${pack}`, code))
      }
    },
  }
}

/** What the first folder gives that gives anything. */
function firstOf<T>(
  folders: readonly CacheFolder[],
  attempt: (folder: CacheFolder) => T | undefined,
): T | undefined {
  for (const folder of folders) {
    try {
      const found = folder.isTrusted() ? attempt(folder) : undefined
      if (found !== undefined) return found
    } catch {
      // the next one may do
    }
  }
  return undefined
}

/** Renamed when it is whole: another run may be reading. */
function write(folder: CacheFolder, name: string, code: Buffer): true {
  folder.create()
  const path = join(folder.path, name)
  if (mkdirSync(dirname(path), {recursive: true})) tidy(folder.path)
  writeFileSync(`${path}.${process.pid}`, code)
  renameSync(`${path}.${process.pid}`, path)
  return true
}

const OLD = 30 * 24 * 3_600_000

/** Removes what other builds left there a month ago. */
function tidy(path: string): void {
  for (const each of readdirSync(path).map((name) => join(path, name)))
    if (Date.now() - statSync(each).mtimeMs > OLD) rmSync(each, {recursive: true, force: true})
}
