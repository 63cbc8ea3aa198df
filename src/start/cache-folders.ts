import {lstatSync, mkdirSync} from 'node:fs'
import {homedir} from 'node:os'
import {isAbsolute, join} from 'node:path'

/** Where compiled code may lie. Whoever can write there decides what we run: never a folder for all, such as /tmp. */
export interface CacheFolder {
  readonly path: string
  readonly isTrusted: () => boolean
  /** @throws Error where it can't or must not be written. */
  readonly create: () => void
}

/**
 * Folders for compiled code, the best first: within the package, where it goes when the package goes, else among the user's
 * caches. An executable is no package: what lies beside it is nobody's business.
 */
export function cacheFolders(dist: string | undefined): readonly CacheFolder[] {
  const caches = userCaches()
  return [
    ...(dist === undefined ? [] : [inPackage(dist)]),
    ...(caches === undefined ? [] : [amongCaches(caches)]),
  ]
}

/** As good as the code beside it. Only its owner adds to it: what root left there could not be removed with the package. */
function inPackage(dist: string): CacheFolder {
  const path = join(dist, 'cache')
  return {
    path,
    isTrusted: () => true,
    create: () => {
      if (!isOwn(dist)) throw new Error('the package is not ours')
      mkdirSync(path, {recursive: true})
    },
  }
}

function amongCaches(caches: string): CacheFolder {
  const path = join(caches, 'kubectl-stateful-code')
  return {
    path,
    isTrusted: () => isMissing(path) || isPrivate(path),
    create: () => {
      // never the home folder itself
      for (const each of [caches, path]) if (isMissing(each)) mkdirSync(each, {mode: 0o700})
    },
  }
}

/** Folder of this user's caches by the custom of the system. */
function userCaches(): string | undefined {
  const {XDG_CACHE_HOME: given, LOCALAPPDATA: windows} = process.env
  if (process.platform === 'win32') return windows
  if (given && isAbsolute(given)) return given
  const home = homeFolder()
  if (home === undefined || !isAbsolute(home)) return undefined
  return process.platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache')
}

/** A user that the machine does not know, as in many containers, has none. */
function homeFolder(): string | undefined {
  try {
    return homedir()
  } catch {
    return undefined
  }
}

function isMissing(path: string): boolean {
  return lstatSync(path, {throwIfNoEntry: false}) === undefined
}

/** A folder of this user, in which nobody else writes. Windows keeps others out of a user's folders by itself. */
function isPrivate(path: string): boolean {
  const isShared = process.platform !== 'win32' && (lstatSync(path).mode & 0o022) !== 0
  return isOwn(path) && !isShared
}

function isOwn(path: string): boolean {
  const found = lstatSync(path)
  return found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid())
}
