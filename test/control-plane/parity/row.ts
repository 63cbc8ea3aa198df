import type {identities} from './authorities.ts'
import type {Place} from './world.ts'

/** What rows are written with: addresses of this lane, and a folder of the row's own. */
export interface Site {
  /** `https://127.0.0.1:PORT` of that server, or with another host, path or scheme. */
  readonly url: (
    place: Place,
    parts?: {host?: string; path?: string; scheme?: string; user?: string},
  ) => string
  readonly port: (place: Place) => number
  readonly identities: typeof identities
  readonly folder: string
}

/** Everything that both programs are given. */
export interface Given {
  /** Of `~/.kube/config`, as an object, or as the text or the bytes that it is; absent: there is none. */
  readonly config?: object | string | Buffer
  /** Of further files, by their path below the row's folder, which is HOME and the working folder. */
  readonly files?: Readonly<Record<string, string | Buffer | object>>
  /** Files that may be run. */
  readonly programs?: Readonly<Record<string, string>>
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly names?: readonly string[]
}

export interface Row {
  readonly name: string
  readonly given: (site: Site) => Given
}

export type Section = readonly [title: string, rows: readonly Row[]]

/** A kubeconfig with one context, for `cluster` and `user` as they stand in the file. */
export function config(cluster: object, user: object = {token: 'abc'}, context: object = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{name: 'c', cluster}],
    users: [{name: 'u', user}],
    contexts: [{name: 'x', context: {cluster: 'c', user: 'u', ...context}}],
    'current-context': 'x',
  }
}

export const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** The usual cluster: the main server with the authority that it is of. */
export function cluster(
  {url, identities}: Site,
  more: object = {},
  place: Place = 'main',
  parts = {},
): object {
  return {
    server: url(place, parts),
    'certificate-authority-data': base64(identities.root.cert),
    ...more,
  }
}

/** A row about one user, with the usual cluster. */
export function userRow(
  name: string,
  user: object | ((site: Site) => object),
  more: Partial<Given> | ((site: Site) => Partial<Given>) = {},
): Row {
  return {
    name,
    given: (site) => ({
      config: config(cluster(site), typeof user === 'function' ? user(site) : user),
      ...(typeof more === 'function' ? more(site) : more),
    }),
  }
}

/** A row about flags, with the usual kubeconfig. */
export function flagRow(
  flags: string | ((site: Site) => readonly string[]),
  more: (site: Site) => Partial<Given> = () => ({}),
  name?: string,
): Row {
  const text = typeof flags === 'string' ? flags : (name ?? '')
  return {
    name: name ?? (text === '' ? 'no flags' : text),
    given: (site) => ({
      config: config(cluster(site)),
      flags: typeof flags === 'string' ? text.split(' ').filter(Boolean) : flags(site),
      ...more(site),
    }),
  }
}

/** A row about the cluster's entry. */
export function clusterRow(
  name: string,
  entry: (site: Site) => object,
  more: (site: Site) => Partial<Given> = () => ({}),
): Row {
  return {name, given: (site) => ({config: config(entry(site)), ...more(site)})}
}
