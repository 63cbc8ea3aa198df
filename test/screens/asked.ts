import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {readSavedDocuments} from '../../src/cluster/saved-documents.ts'
import {fromDocuments} from '../../src/cluster/snapshot-file.ts'
import {
  type Node,
  nameOf,
  namespaceOf,
  type PersistentVolumeClaim,
  type Pod,
} from '../../src/model/objects.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'

export const scenariosFolder = join(import.meta.dirname, '../scenarios')

/** Names of all captured scenarios. */
export const scenarios = readdirSync(scenariosFolder).filter((name) =>
  existsSync(join(scenariosFolder, name, 'cluster.yaml')),
)

/** Every question that an operator may put to a captured cluster, with each way to show it; `-f` is left to add. */
export async function askedOf(scenario: string): Promise<readonly string[]> {
  const documents = await readSavedDocuments([join(scenariosFolder, scenario, 'cluster.yaml')])
  const cluster = fromDocuments(documents)
  return [...aboutAll(cluster), ...aboutEach(cluster)]
}

function aboutAll({statefulSets, daemonSets, deployments}: ClusterSnapshot): readonly string[] {
  const workloads = [...statefulSets, ...daemonSets]
  return [
    ...(statefulSets.length > 0 ? ['map'] : []),
    ...deployments.map((each) => `map deploy/${nameOf(each)}`),
    ...(daemonSets.length > 0 ? ['coverage', 'coverage --all-nodes', 'coverage --matrix'] : []),
    ...(workloads.length > 0 ? ['rollout', 'status'] : []),
  ]
}

function aboutEach(cluster: ClusterSnapshot): readonly string[] {
  const {statefulSets, daemonSets} = cluster
  const sets = statefulSets.map((each) => `sts/${nameOf(each)} -n ${namespaceOf(each)}`)
  const daemons = daemonSets.map((each) => `ds/${nameOf(each)} -n ${namespaceOf(each)}`)
  const workloads = [...sets, ...daemons]
  return [
    ...(workloads.length > 1 ? workloads.map((each) => `rollout ${each}`) : []),
    ...(sets.length > 1 ? sets.map((each) => `map ${each}`) : []),
    ...workloads.map((each) => `why ${each}`),
    ...parts(cluster).map((each) => `why ${each}`),
  ]
}

/** Of Pods with claims, and of those without, the first that is not ready; a claim; a node in trouble, or that Pod's. */
function parts({pods, persistentVolumeClaims: claims, nodes}: ClusterSnapshot): readonly string[] {
  const unready = pods.filter((each) => !isReady(each))
  const kinds = Map.groupBy(unready, (each) => claims.some((claim) => isOf(each, claim)))
  const shown = [true, false].flatMap((has) => kinds.get(has)?.slice(0, 1) ?? [])
  const [pod = pods[0]] = shown
  const claim = claims.find((each) => pod && isOf(pod, each)) ?? claims[0]
  const node =
    nodes.find((each) => !isReady(each)) ??
    nodes.find((each) => nameOf(each) === pod?.spec?.nodeName) ??
    nodes[0]
  return [
    ...(shown.length > 0 ? shown : pods.slice(0, 1)).map(
      (each) => `pod/${nameOf(each)} -n ${namespaceOf(each)}`,
    ),
    ...(claim ? [`pvc/${nameOf(claim)} -n ${namespaceOf(claim)}`] : []),
    ...(node ? [`node/${nameOf(node)}`] : []),
  ]
}

function isReady({status}: Pod | Node): boolean {
  return (status?.conditions ?? []).some(({type, status: is}) => type === 'Ready' && is === 'True')
}

function isOf(pod: Pod, claim: PersistentVolumeClaim): boolean {
  return namespaceOf(pod) === namespaceOf(claim) && nameOf(claim).endsWith(`-${nameOf(pod)}`)
}
