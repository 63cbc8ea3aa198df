import {clean} from '../../model/clean.ts'
import {at, listAt, textAt} from '../../model/custom/content.ts'
import type {CustomKind, CustomName} from '../../model/custom/object.ts'
import type {Connection} from '../connection.ts'
import {AnswerError, ConnectionError} from '../errors.ts'
import {pathSegment} from '../path-segment.ts'

/** All types of a cluster in one answer, as newer servers have it (1.26 and later); others list their groups. */
const ALL =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json'

/** A type as discovery tells it. */
interface Told extends CustomKind {
  /** By which it may be called, in small letters. */
  readonly words: readonly string[]
}

/**
 * The type that each name is of, by one request, or a further one for each group where the server is old.
 * @throws AnswerError in kubectl's words for a type that the server does not have.
 */
export async function discovered(
  connection: Connection,
  names: readonly CustomName[],
): Promise<readonly CustomKind[]> {
  const answer = parsed(await connection.text('/apis', {}, undefined, ALL), connection)
  const isWhole = at(answer, 'kind') === 'APIGroupDiscoveryList'
  const listed = isWhole ? listAt(answer, 'items').flatMap(toldByGroup) : undefined
  const kinds: CustomKind[] = []
  for (const name of names) {
    const told = listed ?? (await toldOneByOne(connection, answer, name))
    const {words: _, ...kind} = found(told, name) ?? unknownType(name)
    kinds.push(kind)
  }
  return kinds
}

/** The server's preferred version comes first; `TYPE.VERSION.GROUP` names one, as with kubectl. */
function found(told: readonly Told[], {type, group}: CustomName): Told | undefined {
  const named = told.filter(({words}) => words.includes(type))
  const [version = '', ...rest] = group.split('.')
  return (
    named.find((each) => each.version === version && each.group === rest.join('.')) ??
    named.find((each) => each.group === group)
  )
}

/** kubectl's words (cli-runtime 0.37 resource/builder.go mappingFor). */
function unknownType({type, group}: CustomName): never {
  const [first, second] = [type, group].map((each) => JSON.stringify(clean(each)))
  throw new AnswerError(`error: the server doesn't have a resource type ${first} in group ${second}`)
}

function toldByGroup(item: unknown): readonly Told[] {
  const group = textAt(item, 'metadata', 'name') ?? ''
  return listAt(item, 'versions').flatMap((version) =>
    listAt(version, 'resources').flatMap((resource) =>
      told(group, textAt(version, 'version'), {
        plural: textAt(resource, 'resource'),
        kind: textAt(resource, 'responseKind', 'kind'),
        singular: textAt(resource, 'singularResource'),
        shortNames: listAt(resource, 'shortNames'),
        namespaced: at(resource, 'scope') === 'Namespaced',
      }),
    ),
  )
}

interface Resource {
  readonly plural: string | undefined
  readonly kind: string | undefined
  readonly singular: string | undefined
  readonly shortNames: readonly unknown[]
  readonly namespaced: boolean
}

function told(group: string, version: string | undefined, resource: Resource): readonly Told[] {
  const {plural, kind, singular, shortNames, namespaced} = resource
  // `pods/log` is no type of its own
  if (!version || !plural || !kind || plural.includes('/') || group === '') return []
  const words = [plural, kind, singular, ...shortNames].filter((word) => typeof word === 'string')
  return [{group, version, plural, kind, namespaced, words: words.map((word) => word.toLowerCase())}]
}

/** Of a server that lists its groups: what the wanted version of the wanted group has. */
async function toldOneByOne(
  connection: Connection,
  answer: unknown,
  {group}: CustomName,
): Promise<readonly Told[]> {
  const [version, ...rest] = group.split('.')
  for (const entry of listAt(answer, 'groups')) {
    const name = textAt(entry, 'name')
    const isVersioned = name === rest.join('.')
    if (name === undefined || (name !== group && !isVersioned)) continue
    const wanted = name === group ? textAt(entry, 'preferredVersion', 'version') : version
    if (wanted === undefined) continue
    const path = `/apis/${pathSegment(name, 'resource name')}/${pathSegment(wanted, 'resource name')}`
    const list = parsed(await connection.text(path), connection)
    return listAt(list, 'resources').flatMap((resource) =>
      told(name, wanted, {
        plural: textAt(resource, 'name'),
        kind: textAt(resource, 'kind'),
        singular: textAt(resource, 'singularName'),
        shortNames: listAt(resource, 'shortNames'),
        namespaced: at(resource, 'namespaced') === true,
      }),
    )
  }
  return []
}

function parsed(text: string, {server}: Connection): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ConnectionError(`error: the answer of ${server} is not JSON`, 'Malformed')
  }
}
