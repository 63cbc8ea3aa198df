import type {CustomName} from '../model/custom/object.ts'
import type {ResourceName, Scope} from '../model/scope.ts'
import type {ResourceKey} from '../model/snapshot.ts'
import {UsageError} from './usage-error.ts'

/** kubectl's words for the kinds that a command may be asked about. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  statefulSets: ['statefulsets', 'statefulset', 'sts'],
  daemonSets: ['daemonsets', 'daemonset', 'ds'],
  deployments: ['deployments', 'deployment', 'deploy'],
  replicaSets: ['replicasets', 'replicaset', 'rs'],
  pods: ['pods', 'pod', 'po'],
  persistentVolumeClaims: ['persistentvolumeclaims', 'persistentvolumeclaim', 'pvc'],
  nodes: ['nodes', 'node', 'no'],
}

/** What may follow the kind's word after a dot: `sts.apps`, `sts.v1.apps`; the core group has no name: `pods.v1.`. */
const GROUPS = {apps: ['apps', 'v1.apps'], core: ['', 'v1.']} as const
const CORE: readonly ResourceKey[] = ['pods', 'persistentVolumeClaims', 'nodes']

/** Which kinds a command answers for; the first one is meant by a bare name. */
export type Kinds = readonly [ResourceKey, ...ResourceKey[]]

/** How the words of a command line are to be read. */
export interface Naming {
  readonly kinds: Kinds
  /** What a bare name may be besides, where the first kind is not the only one that is meant. */
  readonly or?: ResourceKey
  /** It is about exactly one thing, whose type has to be said. */
  readonly isOne?: true
  /** It is about all there is: no name may be given. */
  readonly takesNone?: true
  /** It may be about objects of types that operators bring along. */
  readonly isOpen?: true
}

/** What the words of a command line are about. */
type Named = Pick<Scope, 'names' | 'kind' | 'custom'>

/**
 * Reads `NAME…`, `TYPE/NAME…`, `TYPE NAME…` and `TYPE`, with TYPE in every spelling that kubectl takes
 * (`sts`, `statefulset`, `statefulsets.apps`, `statefulsets.v1.apps`, in any case).
 * @throws UsageError in kubectl's words.
 */
export function parseNames(words: readonly string[], naming: Naming): Named {
  if (naming.takesNone && words.length > 0) throw new UsageError(`unexpected arguments: ${words.join(' ')}`)
  const custom = naming.isOpen ? customNames(words, naming) : []
  if (custom.length > 0) return {names: [], custom}
  const parsed = parseWords(words, naming)
  if (naming.isOne && parsed.names.length !== 1) throw new UsageError(wantsOne(parsed))
  return parsed
}

/** `TYPE.GROUP/NAME` of types that are not Kubernetes' own: whether the cluster has them only it can say. */
function customNames(words: readonly string[], naming: Naming): readonly CustomName[] {
  const custom = words.flatMap((word) => {
    const [, type = '', group = '', name = ''] = CUSTOM.exec(word) ?? []
    return name === '' || kindOf(`${type}.${group}`, naming.kinds) ? [] : [customName(type, group, name)]
  })
  const distinct = [...new Map(custom.map((each) => [JSON.stringify(each), each])).values()]
  if (custom.length > 0 && custom.length < words.length)
    throw new UsageError('types of operators can not be asked about together with others: ask twice')
  if (naming.isOne && distinct.length > 1) throw new UsageError(`this command is about one thing: ${EXAMPLE}`)
  return distinct
}

function customName(type: string, group: string, name: string): CustomName {
  return {type: type.toLowerCase(), group: group.toLowerCase(), name}
}

const CUSTOM = /^([A-Za-z][A-Za-z0-9-]*)\.([A-Za-z0-9][A-Za-z0-9.-]*)\/([^/]+)$/

const EXAMPLE = 'say TYPE/NAME, such as sts/web or pod/web-0'

function wantsOne({names, kind}: Named): string {
  if (kind) return 'resource(s) were provided, but no name was specified'
  return names.length === 0 ? `what is it about? ${EXAMPLE}` : `this command is about one thing: ${EXAMPLE}`
}

function parseWords(words: readonly string[], naming: Naming): Named {
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

function ofOneKind(kind: ResourceKey, names: readonly string[], {kinds, or}: Naming): Named {
  if (names.length === 0 && kind !== kinds[0] && kind !== or) {
    throw new UsageError('resource(s) were provided, but no name was specified')
  }
  return {names: unique(names.map((name) => ({resource: kind, name}))), ...(names.length === 0 && {kind})}
}

function parseName(word: string, {kinds, or, isOne}: Naming): ResourceName {
  const [type = '', name, ...more] = word.split('/')
  if (name === undefined && isOne) throw new UsageError(`what is "${type}"? ${EXAMPLE}`)
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

/** Kind that a word stands for, of those; undefined: of none. */
export function kindOf(word: string, kinds: Kinds): ResourceKey | undefined {
  const [plain = '', ...group] = word.toLowerCase().split('.')
  const kind = kinds.find((each) => WORDS[each]?.includes(plain))
  if (kind === undefined || group.length === 0) return kind
  const groups: readonly string[] = GROUPS[CORE.includes(kind) ? 'core' : 'apps']
  return groups.includes(group.join('.')) ? kind : undefined
}

function unknownKind(type: string, kinds: Kinds): string {
  const known = kinds.map((kind) => WORDS[kind]?.[0]).join(', ')
  return `the server doesn't have a resource type "${type}" that this command answers for (it does for ${known})`
}

function unique(names: readonly ResourceName[]): readonly ResourceName[] {
  return [...new Map(names.map((each) => [`${each.resource}/${each.name}`, each])).values()]
}
