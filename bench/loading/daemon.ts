import type {KubernetesObject} from '../../src/model/objects.ts'
import {pod} from '../objects/pod.ts'
import {isDown} from '../objects/trouble.ts'
import {daemonSet, HASH, revision, type WorkloadFacts} from '../objects/workload.ts'
import type {Section} from '../size.ts'
import {type Api, create, each, range, writeStatus} from './write.ts'

/** One DaemonSet and its Pods on the nodes of a section; for a second section it is there already. */
export async function loadDaemon(
  api: Api,
  namespace: string,
  {from, to}: Section,
  index: number,
): Promise<void> {
  const name = `agent-${index}`
  const ready = range(0, to.nodes).filter((node) => !isDown(node)).length
  const labels = {'k8s-app': name}
  const facts = {namespace, name, labels, counts: {desired: to.nodes, there: to.nodes, ready}}
  const uid = from.nodes === 0 ? await createDaemon(api, facts) : await recount(api, facts)
  const owner = {kind: 'DaemonSet', name, uid} as const
  const own = {...labels, 'controller-revision-hash': HASH, 'pod-template-generation': '1'}
  await each(range(from.nodes, to.nodes), (at) => {
    const health = isDown(at) ? 'lost' : 'ready'
    return create(api, pod({owner, namespace, name: `${name}-${at}`, at, labels: own, health}))
  })
}

async function createDaemon(api: Api, facts: WorkloadFacts): Promise<string> {
  const uid = await create(api, daemonSet(facts))
  await create(api, revision({kind: 'DaemonSet', name: facts.name, uid}, facts))
  return uid
}

async function recount(api: Api, facts: WorkloadFacts): Promise<string> {
  const set = daemonSet(facts)
  const {body} = await api.request('GET', `${set.path}/${facts.name}`)
  const there = body as KubernetesObject
  await writeStatus(api, set, there)
  return there.metadata?.uid ?? ''
}
