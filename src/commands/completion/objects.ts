import type {ConnectionFlags} from '../../cluster/connect-flags.ts'
import {kindOf, type Naming} from '../../command-line/names.ts'
import type {Place, Word} from '../../command-line/place.ts'
import type {ResourceKey} from '../../model/snapshot.ts'

/** The short word for a kind, as people type it. */
const TYPES: Readonly<Partial<Record<ResourceKey, string>>> = {
  statefulSets: 'sts',
  daemonSets: 'ds',
  deployments: 'deploy',
  replicaSets: 'rs',
  pods: 'pod',
  persistentVolumeClaims: 'pvc',
  nodes: 'node',
}

const ZONE = 'zone/'

type Objects = Extract<Place, {of: 'objects'}>

/** `areTypes`: a name is to follow each of them. */
interface Names {
  readonly words: readonly Word[]
  readonly areTypes: boolean
}

/** `NAME`, `TYPE/NAME`, or `NAME` behind a `TYPE`, as kubectl completes them. @throws what reading the cluster throws */
export async function namesFor(
  {naming, named, zones: hasZones}: Objects,
  typed: string,
  flags: ConnectionFlags,
  signal: AbortSignal,
): Promise<Names> {
  const {kinds, isOne} = naming
  const [first = ''] = named
  const type = first.includes('/') ? undefined : kindOf(first, kinds)
  if (isOne && named.length > (type ? 1 : 0)) return {words: [], areTypes: false}
  // the types alone need no cluster
  const cluster = () => import('./cluster-names.ts')
  const names = async (kind: ResourceKey, before = '') =>
    worded(await (await cluster()).namesOf(kind, flags, signal), before).filter(
      ({word}) => !named.includes(word),
    )
  if (type) return {words: await names(type), areTypes: false}
  if (hasZones && typed.startsWith(ZONE))
    return {words: worded(await (await cluster()).zones(flags, signal), ZONE), areTypes: false}
  if (typed.includes('/')) return {words: await behindType(typed, naming, names), areTypes: false}
  const bare = isOne ? [] : await bareNames(naming, names)
  if (bare.some(({word}) => word.startsWith(typed))) return {words: bare, areTypes: false}
  return {words: typesOf(naming, hasZones), areTypes: true}
}

type Named = (kind: ResourceKey, before?: string) => Promise<readonly Word[]>

async function behindType(typed: string, {kinds}: Naming, names: Named): Promise<readonly Word[]> {
  const type = typed.slice(0, typed.indexOf('/'))
  const kind = kindOf(type, kinds)
  return kind ? await names(kind, `${type}/`) : []
}

async function bareNames({kinds: [first], or}: Naming, names: Named): Promise<readonly Word[]> {
  return (await Promise.all([first, ...(or ? [or] : [])].map((kind) => names(kind)))).flat()
}

function typesOf({kinds}: Naming, hasZones = false): readonly Word[] {
  const types = kinds.flatMap((kind) => TYPES[kind] ?? []).map((type) => `${type}/`)
  return worded([...types, ...(hasZones ? [ZONE] : [])])
}

function worded(names: readonly string[], before = ''): readonly Word[] {
  return names.map((name) => ({word: `${before}${name}`}))
}
