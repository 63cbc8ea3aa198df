import type {ResourceName, Scope} from '../model/scope.ts'
import type {ResourceKey} from '../model/snapshot.ts'
import {UsageError} from './usage-error.ts'

/** kubectl's words for the kinds that a command may be asked about. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  statefulSets: ['statefulsets', 'statefulset', 'sts'],
  daemonSets: ['daemonsets', 'daemonset', 'ds'],
  deployments: ['deployments', 'deployment', 'deploy'],
  replicaSets: ['replicasets', 'replicaset', 'rs'],
}

/** Which kinds a command answers for; the first one is meant by a bare name. */
export type Kinds = readonly [ResourceKey, ...ResourceKey[]]

/** How the words of a command line are to be read. */
export interface Naming {
  readonly kinds: Kinds
  /** What a bare name may be besides, where the first kind is not the only one that is meant. */
  readonly or?: ResourceKey
}

/**
 * Reads `NAME…`, `TYPE/NAME…`, `TYPE NAME…` and `TYPE`, with TYPE in every spelling that kubectl takes
 * (`sts`, `statefulset`, `statefulsets.apps`, `statefulsets.v1.apps`, in any case).
 * @throws UsageError in kubectl's words.
 */
export function parseNames(words: readonly string[], naming: Naming): Pick<Scope, 'names' | 'kind'> {
  const [first, ...others] = words
  if (first === undefined) return {names: []}
  const named = kindOf(first, naming.kinds)
  if (named && !words.some((word) => word.includes('/'))) return ofOneKind(named, others, naming)
  if (named) {
    throw new UsageError(
      'there is no need to specify a resource type as a separate argument when passing arguments in resource/name form',
    )
  }
  return {names: unique(words.map((word) => parseName(word, naming)))}
}

function ofOneKind(
  kind: ResourceKey,
  names: readonly string[],
  {kinds, or}: Naming,
): Pick<Scope, 'names' | 'kind'> {
  if (names.length === 0 && kind !== kinds[0] && kind !== or) {
    throw new UsageError('resource(s) were provided, but no name was specified')
  }
  return {names: unique(names.map((name) => ({resource: kind, name}))), ...(names.length === 0 && {kind})}
}

function parseName(word: string, {kinds, or}: Naming): ResourceName {
  const [type = '', name, ...more] = word.split('/')
  if (name === undefined) return {resource: kinds[0], name: type, ...(or && {or})}
  if (more.length > 0) {
    throw new UsageError('arguments in resource/name form may not have more than one slash')
  }
  if (type === '' || name === '') {
    throw new UsageError('arguments in resource/name form must have a single resource and name')
  }
  const resource = kindOf(type, kinds)
  if (resource === undefined) throw new UsageError(unknownKind(type, kinds))
  return {resource, name}
}

function kindOf(word: string, kinds: Kinds): ResourceKey | undefined {
  const [plain = '', ...group] = word.toLowerCase().split('.')
  const isApps = group.length === 0 || group.join('.') === 'apps' || group.join('.') === 'v1.apps'
  return isApps ? kinds.find((kind) => WORDS[kind]?.includes(plain)) : undefined
}

function unknownKind(type: string, kinds: Kinds): string {
  const known = kinds.map((kind) => WORDS[kind]?.[0]).join(', ')
  return `the server doesn't have a resource type "${type}" that this command answers for (it does for ${known})`
}

function unique(names: readonly ResourceName[]): readonly ResourceName[] {
  return [...new Map(names.map((each) => [`${each.resource}/${each.name}`, each])).values()]
}
