import {isAbsolute, join, sep} from 'node:path'
import {YAMLException} from 'js-yaml'
import {readFirstYaml} from '../yaml.ts'
import {shapeError} from './conform.ts'
import type {Cluster, Context, ExecConfig, Kubeconfig, User} from './types.ts'

interface KubeconfigFile {
  readonly apiVersion?: string | null
  readonly kind?: string | null
  readonly clusters?: readonly Readonly<Record<string, unknown>>[] | null
  readonly users?: readonly Readonly<Record<string, unknown>>[] | null
  readonly contexts?: readonly Readonly<Record<string, unknown>>[] | null
  readonly 'current-context'?: string | null
}

export const NO_KUBECONFIG: Kubeconfig = {
  clusters: new Map(),
  users: new Map(),
  contexts: new Map(),
  currentContext: '',
}

/**
 * One kubeconfig file, its relative paths resolved against `folder` (client-go 0.37 clientcmd/loader.go).
 * An empty file is an empty config.
 * @throws Error saying in client-go's words why the text is not a kubeconfig.
 */
export function parseKubeconfig(text: string, folder: string): Kubeconfig {
  const file = parseYaml(text) as KubeconfigFile | null | undefined
  if (file === null || file === undefined) return NO_KUBECONFIG
  const problem = shapeError(file) ?? kindError(file)
  if (problem !== undefined) throw new Error(problem)
  return {
    clusters: byName<Cluster>(file.clusters, 'cluster', 'Cluster', (entry) =>
      withPaths(entry, CLUSTER_PATHS, folder),
    ),
    users: byName<User>(file.users, 'user', 'AuthInfo', (entry) => withUserPaths(entry, folder)),
    contexts: byName<Context>(file.contexts, 'context', 'Context', (entry) => entry),
    currentContext: file['current-context'] ?? '',
  }
}

// Go reads the first document, and lets a repeated key override the one before: so does this.
function parseYaml(text: string): unknown {
  try {
    return readFirstYaml(text)
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    throw new Error(`yaml: line ${(error.mark?.line ?? 0) + 1}: ${error.reason}`)
  }
}

function kindError(file: KubeconfigFile): string | undefined {
  const version = file.apiVersion || 'v1'
  const kind = file.kind || 'Config'
  if (version === 'v1' && kind === 'Config') return undefined
  return `no kind "${kind}" is registered for version "${version}"`
}

function byName<T extends object>(
  list: KubeconfigFile['clusters'],
  key: string,
  goType: string,
  resolve: (entry: T) => T,
): ReadonlyMap<string, T> {
  const found = new Map<string, T>()
  for (const item of list ?? []) {
    const name = String(item?.name ?? '')
    if (found.has(name)) throw new Error(duplicate(name, goType))
    found.set(name, resolve(withoutNulls((item?.[key] ?? {}) as T)))
  }
  return found
}

function duplicate(name: string, goType: string): string {
  return `error converting *[]Named${goType} into *map[string]*api.${goType}: duplicate name "${name}" in list`
}

function withoutNulls<T extends object>(entry: T): T {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null)) as T
}

const CLUSTER_PATHS = ['certificate-authority'] as const
const USER_PATHS = ['client-certificate', 'client-key', 'tokenFile'] as const

function withPaths<T extends object>(entry: T, keys: readonly (keyof T & string)[], folder: string): T {
  const resolved = keys
    .filter((key) => typeof entry[key] === 'string' && entry[key] !== '')
    .map((key) => [key, absolute(folder, String(entry[key]))])
  return {...entry, ...Object.fromEntries(resolved)}
}

// A command is looked up in PATH unless it is written as a path.
function withUserPaths(user: User, folder: string): User {
  const resolved = withPaths(user, USER_PATHS, folder)
  const exec = user.exec && (withoutNulls(user.exec) as ExecConfig)
  if (!exec) return resolved
  const command = exec.command ?? ''
  return {...resolved, exec: {...exec, command: command.includes(sep) ? absolute(folder, command) : command}}
}

function absolute(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path)
}
