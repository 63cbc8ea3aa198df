import type {ConnectionFlags} from '../cluster/connect.ts'
import {parseLabelQuery} from '../model/label-query.ts'
import type {Scope} from '../model/scope.ts'
import {type Format, formats} from '../render/index.ts'
import {type Naming, parseNames} from './names.ts'
import {UsageError} from './usage-error.ts'

/** Flags of every command as oclif hands them over. */
export interface RawFlags {
  readonly [name: string]: string | boolean | readonly string[] | undefined
}

/** What the user asked for, checked before anything is read. */
export interface Asked {
  readonly connection: ConnectionFlags
  /** Saved objects to answer from; empty: a cluster. */
  readonly files: readonly string[]
  readonly isAllNamespaces: boolean
  readonly namespace: string | undefined
  readonly scope: Omit<Scope, 'namespace'>
  readonly chunkSize: number
}

/** @throws UsageError in kubectl's words for what contradicts itself or can't be. */
export function readAsked(flags: RawFlags, words: readonly string[], naming: Naming): Asked {
  const {names, kind} = parseNames(words, naming)
  const selector = selectorOf(flags)
  const files = list(flags, 'filename').flatMap((each) => each.split(','))
  const isAllNamespaces = flags['all-namespaces'] === true
  if (names.length > 0 && selector !== undefined) {
    throw new UsageError('name cannot be provided when a selector is specified')
  }
  if (names.length > 0 && isAllNamespaces && files.length === 0) {
    throw new UsageError('a resource cannot be retrieved by name across all namespaces')
  }
  return {
    connection: connectionOf(flags),
    files,
    isAllNamespaces,
    namespace: text(flags, 'namespace'),
    scope: {names, ...(kind && {kind}), ...(selector !== undefined && {selector})},
    chunkSize: chunkSizeOf(flags),
  }
}

/** Checked here, so that a mistake is told before anything is read, and the same way with and without a cluster. */
function selectorOf(flags: RawFlags): string | undefined {
  const selector = text(flags, 'selector')?.trim()
  if (!selector) return undefined
  try {
    parseLabelQuery(selector)
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
  return selector
}

/** @throws UsageError in kubectl's words for a format that does not exist. */
export function formatOf(flags: RawFlags, allowed: readonly Format[] = formats): Format {
  const given = text(flags, 'output') ?? 'table'
  const format = allowed.find((each) => each === given)
  if (format) return format
  const known = allowed.toSorted().join(',')
  throw new UsageError(
    `unable to match a printer suitable for the output format ${JSON.stringify(given)}, allowed formats are: ${known}`,
  )
}

/** @throws UsageError for another word than auto, always or never. */
export function colorOf(flags: RawFlags): string {
  const given = text(flags, 'color') ?? 'auto'
  if (['auto', 'always', 'never'].includes(given)) return given
  throw new UsageError(
    `invalid argument ${JSON.stringify(given)} for "--color" flag: must be auto, always or never`,
  )
}

function chunkSizeOf(flags: RawFlags): number {
  const given = text(flags, 'chunk-size') ?? ''
  if (/^\d{1,9}$/.test(given)) return Number(given)
  const reason = `strconv.ParseInt: parsing ${JSON.stringify(given)}: invalid syntax`
  throw new UsageError(`invalid argument ${JSON.stringify(given)} for "--chunk-size" flag: ${reason}`)
}

function connectionOf(flags: RawFlags): ConnectionFlags {
  return {
    kubeconfig: text(flags, 'kubeconfig'),
    context: text(flags, 'context'),
    cluster: text(flags, 'cluster'),
    user: text(flags, 'user'),
    namespace: text(flags, 'namespace'),
    server: text(flags, 'server'),
    token: text(flags, 'token'),
    as: text(flags, 'as'),
    asUid: text(flags, 'as-uid'),
    asGroups: list(flags, 'as-group'),
    asUserExtra: list(flags, 'as-user-extra'),
    clientCertificate: text(flags, 'client-certificate'),
    clientKey: text(flags, 'client-key'),
    certificateAuthority: text(flags, 'certificate-authority'),
    insecureSkipTlsVerify: flags['insecure-skip-tls-verify'] === true ? true : undefined,
    tlsServerName: text(flags, 'tls-server-name'),
    requestTimeout: text(flags, 'request-timeout'),
    disableCompression: flags['disable-compression'] === true ? true : undefined,
  }
}

function text(flags: RawFlags, name: string): string | undefined {
  const value = flags[name]
  return typeof value === 'string' ? value : undefined
}

function list(flags: RawFlags, name: string): readonly string[] {
  const value = flags[name]
  return Array.isArray(value) ? value : []
}
