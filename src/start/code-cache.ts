import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import type {Script} from 'node:vm'
import {type CacheFolder, cacheFolders} from './cache-folders.ts'

/** Compiled code of one kind of run: read when it starts, written when it is over. */
export interface CodeCache {
  readonly codeOf: (pack: string) => Buffer | undefined
  /** To be written where V8 has not taken what was read, and from time to time: no run needs all functions of its kind. */
  readonly keep: (pack: string, script: Script) => void
  /** In silence: without it the next run is slower, no more. */
  readonly save: () => void
}

export const NO_CACHE: CodeCache = {codeOf: () => undefined, keep: () => {}, save: () => {}}

/**
 * Cache of all functions that such a run needs. Node's own holds those that run while a module is loaded, and no others: most
 * of the compiling would be done again each time. `build` must differ where the code does: V8 looks at its length alone.
 */
export function codeCache(dist: string | undefined, build: string, kind: string): CodeCache {
  const {NODE_DISABLE_COMPILE_CACHE: isOff} = process.env
  if (isOff !== undefined && isOff !== '') return NO_CACHE
  const folders = cacheFolders(dist)
  const place = join(`${build}-${process.version}-${process.arch}`, kind)
  const fresh = new Map<string, Script>()
  const old = new Set<string>()
  return {
    codeOf: (pack) =>
      firstOf(folders, (folder) => {
        const path = join(folder.path, `${place}-${pack}`)
        if (isDue(path)) old.add(pack)
        return readFileSync(path)
      }),
    keep: (pack, script) => {
      if (script.cachedDataRejected !== false || old.has(pack)) fresh.set(pack, script)
    },
    save: () => {
      for (const [pack, script] of fresh) {
        const code = script.createCachedData()
        firstOf(folders, (folder) => write(folder, `${place}-${pack}`, code))
      }
    },
  }
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Soon after the first run of a build, which may not have met any trouble, then ever more seldom, and at least once a day. */
function isDue(path: string): boolean {
  const since = statSync(path).mtimeMs - statSync(dirname(path)).birthtimeMs
  return isOlder(path, Math.min(DAY, Math.max(MINUTE, since)))
}

function isOlder(path: string, time: number): boolean {
  return Date.now() - statSync(path).mtimeMs > time
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

/** Removes what other builds left there a month ago. */
function tidy(path: string): void {
  for (const each of readdirSync(path).map((name) => join(path, name)))
    if (isOlder(each, 30 * DAY)) rmSync(each, {recursive: true, force: true})
}
