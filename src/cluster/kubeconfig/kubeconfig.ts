import {statSync} from 'node:fs'
import {delimiter, dirname, join, resolve} from 'node:path'
import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import {readSmallFile} from '../small-file.ts'
import {NO_KUBECONFIG, parseKubeconfig} from './file.ts'
import {homeFolder} from './home.ts'
import type {Kubeconfig} from './types.ts'

export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  note(line: string): void
}

/**
 * The kubeconfig kubectl would use: `--kubeconfig` alone, else the files of KUBECONFIG merged, else ~/.kube/config
 * (client-go 0.37 clientcmd/loader.go). Nothing found is an empty config.
 * @throws AnswerError when the explicit file is missing or any file can't be read or parsed.
 */
export function loadKubeconfig(explicit: string | undefined, place: Host): Kubeconfig {
  if (explicit) return merge(readAll([mustExist(explicit)]))
  const listed = place.env.KUBECONFIG
  const home = homeFolder(place.env, place.platform)
  const paths = listed
    ? [...new Set(listed.split(delimiter))].filter(Boolean)
    : [join(home, '.kube', 'config')]
  const files = readAll(paths)
  if (listed && files.length === 0) place.note(clean(`Config not found: ${paths.join(', ')}`))
  return merge(files)
}

/** The first file that has a name wins its whole entry, the first that names a current context wins that. */
function merge(files: readonly Kubeconfig[]): Kubeconfig {
  return files.reduce(
    (merged, file) => ({
      clusters: new Map([...file.clusters, ...merged.clusters]),
      users: new Map([...file.users, ...merged.users]),
      contexts: new Map([...file.contexts, ...merged.contexts]),
      currentContext: merged.currentContext || file.currentContext,
    }),
    NO_KUBECONFIG,
  )
}

function mustExist(path: string): string {
  if (statSync(path, {throwIfNoEntry: false})) return path
  throw new AnswerError(`error: stat ${clean(path)}: no such file or directory`)
}

function readAll(paths: readonly string[]): readonly Kubeconfig[] {
  const read = paths.map(readOne)
  const problems = read.filter((file) => typeof file === 'string')
  if (problems.length === 1) throw new AnswerError(`error: ${problems[0]}`)
  if (problems.length > 1) throw new AnswerError(problems.join('\n'))
  return read.filter((file) => typeof file === 'object')
}

// Missing is no error, for a file named in KUBECONFIG need not be there.
function readOne(path: string): Kubeconfig | string | undefined {
  try {
    return parseKubeconfig(readSmallFile(path), resolve(dirname(path)))
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    return clean(`error loading config file "${path}": ${fileProblem(error, path)}`)
  }
}

/** Why a file could not be read, as Go says it: `open /x: permission denied`. */
export function fileProblem(error: unknown, path: string): string {
  const code = systemCode(error)
  if (code === undefined) return error instanceof Error ? error.message : String(error)
  return code === 'EISDIR' ? `read ${path}: is a directory` : `open ${path}: ${GO_WORDS[code] ?? code}`
}

const GO_WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'not a directory',
  ELOOP: 'too many levels of symbolic links',
}

function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
