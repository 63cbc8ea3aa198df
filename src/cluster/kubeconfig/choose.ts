import {clean} from '../../model/clean.ts'
import type {ConnectionFlags} from '../connect-flags.ts'
import {AnswerError} from '../errors.ts'
import type {Chosen, Cluster, Context, Kubeconfig, User} from './types.ts'

/** What the files and flags come to, before anything is checked. */
export interface ContextChoice extends Chosen {
  /** The current context names one that isn't there: client-go reports it with the other problems. */
  readonly missingContext: string | undefined
  /** Neither a file nor a flag named a server. */
  readonly isDefault: boolean
}

/**
 * The cluster, user and namespace of the chosen context with the flags over them (client-go 0.37
 * clientcmd/client_config.go getContext, getAuthInfo, getCluster).
 * @throws AnswerError when a flag names a context, cluster or user that does not exist.
 */
export function choose(config: Kubeconfig, flags: ConnectionFlags, defaultServer: string): ContextChoice {
  const contextName = flags.context || config.currentContext
  const context: Context = named(config.contexts, contextName, flags.context, 'context')
  const userName = flags.user || context.user || ''
  const user = overUser(named(config.users, userName, flags.user, 'auth info'), flags)
  const clusterName = flags.cluster || context.cluster || ''
  const cluster = overCluster(
    named(config.clusters, clusterName, flags.cluster, 'cluster'),
    flags,
    defaultServer,
  )
  return {
    clusterName,
    userName,
    cluster,
    user,
    namespace: flags.namespace || context.namespace || '',
    missingContext: contextName && !config.contexts.has(contextName) ? contextName : undefined,
    isDefault: cluster.server === defaultServer && !flags.server,
  }
}

// Only a name that a flag gives has to exist: a context may speak of entries that are in no file.
function named<T extends object>(
  map: ReadonlyMap<string, T>,
  name: string,
  requested: string | undefined,
  what: string,
) {
  const entry = map.get(name)
  if (entry === undefined && requested)
    throw new AnswerError(`error: ${what} "${clean(name)}" does not exist`)
  return entry ?? ({} as T)
}

function overUser(user: User, flags: ConnectionFlags): User {
  return {
    ...user,
    ...given({
      token: flags.token,
      username: flags.username,
      password: flags.password,
      as: flags.as,
      'as-uid': flags.asUid,
      'as-groups': flags.asGroups?.length ? flags.asGroups : undefined,
      'as-user-extra': withExtra(user['as-user-extra'], flags.asUserExtra ?? []),
    }),
    ...(flags.clientCertificate && {
      'client-certificate': flags.clientCertificate,
      'client-certificate-data': '',
    }),
    ...(flags.clientKey && {'client-key': flags.clientKey, 'client-key-data': ''}),
  }
}

// A pair without `=` is skipped without a word, and a key given by flag replaces the file's, as in kubectl.
function withExtra(file: User['as-user-extra'], pairs: readonly string[]): User['as-user-extra'] {
  const split = pairs.filter((pair) => pair.includes('=')).map((pair) => pair.split(/=(.*)/s))
  if (split.length === 0) return file
  const grouped = Map.groupBy(split, ([key]) => key ?? '')
  return {
    ...file,
    ...Object.fromEntries([...grouped].map(([key, parts]) => [key, parts.map(([, value]) => value ?? '')])),
  }
}

function overCluster(cluster: Cluster, flags: ConnectionFlags, defaultServer: string): Cluster {
  const server = flags.server || cluster.server || defaultServer
  const trust = {
    'insecure-skip-tls-verify': flags.insecureSkipTlsVerify === true,
    'certificate-authority': flags.certificateAuthority ?? '',
    'certificate-authority-data': '',
  }
  return {
    ...cluster,
    server,
    ...((flags.insecureSkipTlsVerify || flags.certificateAuthority) && trust),
    // A server given by flag is another server: the file's name for its certificate no longer fits.
    ...((flags.tlsServerName || flags.server) && {'tls-server-name': flags.tlsServerName ?? ''}),
    ...(flags.disableCompression && {'disable-compression': true}),
  }
}

function given<T extends object>(fields: T): {[K in keyof T]?: Exclude<T[K], undefined>} {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as never
}
