import type {KubernetesObject} from '../src/model/objects.ts'
import type {ApiClient} from '../test/control-plane/tools/api-client.ts'
import {
  claimOf,
  isBroken,
  isHole,
  type Loaded,
  namespaceName,
  node,
  pod,
  type Size,
  template,
} from './objects.ts'

/** So many requests are on their way at once: more do not make the server quicker. */
const LANES = 24

type Tell = (text: string) => void

/** Fills a cluster whose controllers do not run, so that nothing is changed or collected. */
export async function load(api: ApiClient, size: Size, tell: Tell): Promise<void> {
  const namespaces = new Set(Array.from({length: size.sets}, (_, set) => namespaceName(set)))
  await each(tell, 'namespaces', namespaces, (name) => createNamespace(api, name))
  await each(tell, 'nodes', range(size.nodes), (index) => create(api, node(index)))
  await each(tell, 'StatefulSets with Pods, claims, volumes and attachments', range(size.sets), (set) =>
    loadSet(api, size, set),
  )
  for (const daemon of range(size.daemons)) await loadDaemon(api, size, daemon, tell)
}

/** With the account that its Pods run as, which a controller would make. */
async function createNamespace(api: ApiClient, name: string): Promise<void> {
  await create(api, {path: '/api/v1/namespaces', object: {metadata: {name}}})
  await create(api, {
    path: `/api/v1/namespaces/${name}/serviceaccounts`,
    object: {metadata: {name: 'default'}},
  })
}

async function loadSet(api: ApiClient, {replicas, nodes}: Size, set: number): Promise<void> {
  const [namespace, name] = [namespaceName(set), `postgres-cluster-${set}`]
  const labels = {'app.kubernetes.io/name': 'postgres', 'app.kubernetes.io/instance': name}
  const uid = await create(api, statefulSet(namespace, name, labels, replicas, set))
  for (const ordinal of range(replicas)) {
    const at = (set * replicas + ordinal) % nodes
    for (const stored of claimOf(namespace, `data-${name}-${ordinal}`, at)) await create(api, stored)
    if (isHole(set, ordinal)) continue
    const own = {
      ...labels,
      'statefulset.kubernetes.io/pod-name': `${name}-${ordinal}`,
      'controller-revision-hash': `${name}-1`,
    }
    const owner = {kind: 'StatefulSet', name, uid} as const
    await create(api, pod(owner, namespace, `${name}-${ordinal}`, at, own, !isBroken(set, ordinal)))
  }
}

function statefulSet(namespace: string, name: string, labels: object, replicas: number, set: number): Loaded {
  const there = [...range(replicas)].filter((ordinal) => !isHole(set, ordinal))
  const ready = there.filter((ordinal) => !isBroken(set, ordinal)).length
  return {
    path: `/apis/apps/v1/namespaces/${namespace}/statefulsets`,
    object: {
      metadata: {name, labels},
      spec: {
        replicas,
        serviceName: name,
        selector: {matchLabels: labels},
        template: template(labels, `registry.example.test/team/${name}:1.2.3`, true),
        volumeClaimTemplates: [
          {
            metadata: {name: 'data'},
            spec: {
              accessModes: ['ReadWriteOnce'],
              storageClassName: 'fast',
              resources: {requests: {storage: '100Gi'}},
            },
          },
        ],
      },
      status: {
        observedGeneration: 1,
        replicas: there.length,
        readyReplicas: ready,
        availableReplicas: ready,
        currentReplicas: there.length,
        updatedReplicas: there.length,
        currentRevision: `${name}-1`,
        updateRevision: `${name}-1`,
      },
    } as KubernetesObject,
  }
}

async function loadDaemon(api: ApiClient, {nodes}: Size, daemon: number, tell: Tell): Promise<void> {
  const [namespace, name] = ['kube-system', `agent-${daemon}`]
  const labels = {'k8s-app': name}
  const counts = {
    currentNumberScheduled: nodes,
    desiredNumberScheduled: nodes,
    numberReady: nodes,
    numberAvailable: nodes,
    updatedNumberScheduled: nodes,
    numberMisscheduled: 0,
  }
  const uid = await create(api, {
    path: `/apis/apps/v1/namespaces/${namespace}/daemonsets`,
    object: {
      metadata: {name, labels},
      spec: {
        selector: {matchLabels: labels},
        template: template(labels, `registry.example.test/team/${name}:1.2.3`, false),
      },
      status: {observedGeneration: 1, ...counts},
    } as KubernetesObject,
  })
  const own = {...labels, 'controller-revision-hash': '1', 'pod-template-generation': '1'}
  const owner = {kind: 'DaemonSet', name, uid} as const
  await each(tell, `Pods of ${name}`, range(nodes), (index) =>
    create(api, pod(owner, namespace, `${name}-${index}`, index, own)),
  )
}

/** Creates it, and writes its status, which a creation does not take. Returns its UID. */
async function create(api: ApiClient, {path, object}: Loaded): Promise<string> {
  const made = await done(api, 'POST', path, object)
  const {status, metadata} = object
  if (status && path !== '/api/v1/nodes')
    await done(api, 'PUT', `${path}/${metadata?.name}/status`, {...made, status})
  return made.metadata?.uid ?? ''
}

async function done(api: ApiClient, method: string, path: string, object: object): Promise<KubernetesObject> {
  const {code, body} = await api.request(method, path, object)
  if (code >= 300) throw new Error(`${method} ${path}: ${code} ${JSON.stringify(body).slice(0, 500)}`)
  return body as KubernetesObject
}

function range(length: number): Iterable<number> {
  return Array.from({length}, (_, index) => index)
}

async function each<T>(
  tell: Tell,
  what: string,
  items: Iterable<T>,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = [...items]
  const total = waiting.length
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({length: LANES}, lane))
  tell(`${total} ${what}`)
}
