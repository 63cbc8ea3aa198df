import type {ConnectionFlags} from '../cluster/connect.ts'
import type {Scope} from '../model/scope.ts'
import type {connectionFlags} from './connection-flags.ts'
import type {FlagValues} from './flag.ts'
import type {scopeFlags} from './flags.ts'
import {type Naming, parseNames} from './names.ts'
import {UsageError} from './usage-error.ts'

type Connecting = FlagValues<typeof connectionFlags>

/** Flags that say what is to be read, and from where. */
type RequestFlags = FlagValues<typeof scopeFlags> &
  Connecting & {readonly selector: string | undefined; readonly filename?: readonly string[]}

/** What the user asked for, checked before anything is read. */
export interface Request {
  readonly connection: ConnectionFlags
  /** Saved objects to answer from; empty: a cluster. */
  readonly files: readonly string[]
  readonly isAllNamespaces: boolean
  readonly namespace: string | undefined
  readonly scope: Omit<Scope, 'namespace'>
  readonly chunkSize: number
}

/** Request that flags and words make. @throws UsageError in kubectl's words for what contradicts itself or can't be. */
export function readRequest(flags: RequestFlags, words: readonly string[], naming: Naming): Request {
  const {names, kind, custom = []} = parseNames(words, naming)
  const {selector, filename = [], namespace} = flags
  const files = filename.flatMap((each) => each.split(','))
  const isAllNamespaces = flags['all-namespaces']
  const isNamed = names.length + custom.length > 0
  if (custom.length > 0 && files.length > 0) {
    throw new UsageError('types of operators need a cluster: saved objects do not say which types there are')
  }
  if (isNamed && selector !== undefined) {
    throw new UsageError('name cannot be provided when a selector is specified')
  }
  if (isNamed && isAllNamespaces && files.length === 0) {
    throw new UsageError('a resource cannot be retrieved by name across all namespaces')
  }
  return {
    connection: {...connectionOf(flags), namespace},
    files,
    isAllNamespaces,
    namespace,
    scope: {
      names,
      ...(custom.length > 0 && {custom}),
      ...(kind && {kind}),
      ...(selector !== undefined && {selector}),
    },
    chunkSize: flags['chunk-size'],
  }
}

/** Scope of a request: every namespace with `-A`, else that one; undefined: files that may hold several. */
export function scopeOf({scope, isAllNamespaces}: Request, namespace: string | undefined): Scope {
  return {...scope, ...(namespace !== undefined && !isAllNamespaces && {namespace})}
}

/** What the connection flags say, without the namespace. */
export function connectionOf(flags: Connecting): ConnectionFlags {
  return {
    kubeconfig: flags.kubeconfig,
    context: flags.context,
    cluster: flags.cluster,
    user: flags.user,
    server: flags.server,
    token: flags.token,
    as: flags.as,
    asUid: flags['as-uid'],
    asGroups: flags['as-group'],
    asUserExtra: flags['as-user-extra'],
    clientCertificate: flags['client-certificate'],
    clientKey: flags['client-key'],
    certificateAuthority: flags['certificate-authority'],
    insecureSkipTlsVerify: flags['insecure-skip-tls-verify'] || undefined,
    tlsServerName: flags['tls-server-name'],
    requestTimeout: flags['request-timeout'],
    disableCompression: flags['disable-compression'] || undefined,
    username: flags.username,
    password: flags.password,
    kuberc: flags.kuberc,
    verbosity: flags.v || undefined,
    warningsAsErrors: flags['warnings-as-errors'] || undefined,
  }
}
