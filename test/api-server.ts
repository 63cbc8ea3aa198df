/** A connection that answers out of a saved cluster what an API server would, and nothing that one would not. */
import type {Connection, Query} from '../src/cluster/connection.ts'
import {StatusError} from '../src/cluster/errors.ts'
import {listPath, pluralOf, resourceKeys, resources} from '../src/cluster/resources.ts'
import {meetsQuery, parseLabelQuery} from '../src/model/label-query.ts'
import {type KubernetesObject, nameOf, namespaceOf} from '../src/model/objects.ts'
import type {ClusterSnapshot, ResourceKey} from '../src/model/snapshot.ts'

/** Which fields a server selects by, beside the name and the namespace that all kinds have (1.37). */
const FIELDS: Readonly<Partial<Record<ResourceKey, RegExp>>> = {
  events:
    /^(involvedObject\.(kind|namespace|name|uid|apiVersion|resourceVersion|fieldPath)|reason|reportingComponent|source|type)$/,
  pods: /^(spec\.(nodeName|restartPolicy|schedulerName|serviceAccountName|hostNetwork)|status\.(phase|podIP|podIPs|nominatedNodeName))$/,
  nodes: /^spec\.unschedulable$/,
  replicaSets: /^status\.replicas$/,
}

/** Connection to a cluster that holds that; what was asked is added to `asked` in the words of a URL. */
export function connectionTo(cluster: ClusterSnapshot, asked: string[] = []): Connection {
  return {
    server: 'https://cluster',
    namespace: 'default',
    dial: () => undefined,
    get: async (path, query = {}) => {
      if (path === '/version') return versionOf(cluster)
      asked.push(urlOf(path, query))
      return answer(cluster, path, query)
    },
    text: () => Promise.reject(new Error('nobody asks for logs')),
    summary: async (node) => summaryOf(cluster, node),
    watch: () => Promise.reject(new Error('nobody watches')),
    close: async () => {},
  }
}

/** What the kubelet of that node tells of its Pods. */
function summaryOf({pods, usage = []}: ClusterSnapshot, node: string): string {
  const here = pods.filter(({spec}) => spec?.nodeName === node)
  return JSON.stringify({
    node: {nodeName: node},
    pods: here.map((pod) => ({
      podRef: {name: nameOf(pod), namespace: namespaceOf(pod), uid: pod.metadata?.uid},
      volume: usage
        .filter(({nodeName, namespace}) => nodeName === node && namespace === namespaceOf(pod))
        .map(({namespace, claim, measuredAt, nodeName: _, ...figures}) => ({
          ...figures,
          time: measuredAt,
          pvcRef: {namespace, name: claim},
        })),
    })),
  })
}

function versionOf({server}: ClusterSnapshot): unknown {
  if (!server) throw refused(403, 'Forbidden', 'no version')
  return {gitVersion: server.version}
}

function urlOf(path: string, query: Query): string {
  const terms = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${value}`],
  )
  return [path, ...terms].join(' ')
}

interface Place {
  readonly key: ResourceKey
  readonly namespace?: string
  readonly name?: string
}

function answer(cluster: ClusterSnapshot, path: string, query: Query): unknown {
  const place = placeOf(path)
  const refusal = cluster.omissions.find(({resource}) => resource === pluralOf(place.key))
  if (refusal) throw refused(403, refusal.reason, refusal.message)
  const within = cluster[place.key].filter((object) => isWithin(object, place))
  if (place.name === undefined) return {metadata: {}, items: within.filter(selector(place.key, query))}
  const [found] = within.filter((object) => nameOf(object) === place.name)
  if (!found) throw refused(404, 'NotFound', `${pluralOf(place.key)} "${place.name}" not found`)
  return found
}

function isWithin(object: KubernetesObject, {key, namespace}: Place): boolean {
  return namespace === undefined || !resources[key].namespaced || namespaceOf(object) === namespace
}

/** @throws StatusError 404 for a path that no kind has: of one object of a namespace the namespace must be told. */
function placeOf(path: string): Place {
  for (const key of resourceKeys) {
    const [root, plural] = [listPath(key, undefined).replace(/[^/]+$/, ''), pluralOf(key)]
    if (!path.startsWith(root)) continue
    const rest = path.slice(root.length).split('/').map(decodeURIComponent)
    const {namespaced} = resources[key]
    if (rest[0] === plural && rest.length <= (namespaced ? 1 : 2)) return placed(key, undefined, rest[1])
    if (namespaced && rest[0] === 'namespaces' && rest[2] === plural && rest.length <= 4)
      return placed(key, rest[1], rest[3])
  }
  throw refused(404, 'NotFound', `the server could not find ${path}`)
}

function placed(key: ResourceKey, namespace: string | undefined, name: string | undefined): Place {
  return {key, ...(namespace !== undefined && {namespace}), ...(name !== undefined && {name})}
}

function selector(key: ResourceKey, {labelSelector = '', fieldSelector = ''}: Query) {
  const labels = parseLabelQuery(String(labelSelector))
  const terms = String(fieldSelector)
    .split(',')
    .filter(Boolean)
    .map((term) => term.split('=') as [string, string])
  for (const [field] of terms) {
    const isKnown = /^metadata\.(name|namespace)$/.test(field) || FIELDS[key]?.test(field)
    if (!isKnown) throw refused(400, 'BadRequest', `field label not supported: ${field}`)
  }
  return (object: KubernetesObject) =>
    meetsQuery(labels, object.metadata?.labels) &&
    terms.every(([field, value]) => textAt(object, field) === value)
}

function textAt(object: KubernetesObject, field: string): string {
  const found = field
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], object)
  return found === undefined || found === null ? '' : String(found)
}

function refused(code: number, reason: string, detail: string): StatusError {
  return new StatusError(`Error from server (${reason}): ${detail}`, code, reason, detail)
}
