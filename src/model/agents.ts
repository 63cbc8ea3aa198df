import type {DaemonSet} from './objects.ts'

/** DaemonSets that bring something to a node which others need there: its network, or a storage driver. */

const NETWORK_PATH = /^\/(etc|opt)\/cni(\/|$)/
const NETWORK_NAME =
  /\b(aws-node|antrea-agent|azure-cni|azure-cns|calico-node|canal|cilium|flannel|kindnet|kube-router|kube-ovn|ovnkube|ovs-node|sdn|terway|weave)\b|(^|-)cni(-|$)/

/** It puts a network plugin onto its nodes: it writes where runtimes look for one, or is called as the well-known ones are. */
export function isNetworkPlugin(daemonSet: DaemonSet): boolean {
  if (hostPaths(daemonSet).some((path) => NETWORK_PATH.test(path))) return true
  return namesOf(daemonSet).some((name) => NETWORK_NAME.test(name))
}

/** What says of a name nothing about whose driver it is. */
const COMMON = new Set(['csi', 'driver', 'drivers', 'plugin', 'storage', 'provisioner', 'k8s', 'kubernetes'])
const ENDINGS = new Set(['com', 'io', 'org', 'net', 'dev', 'cloud'])

/**
 * The set whose Pods register the CSI driver on their nodes: it has the driver's own folder there; else of those with a
 * registrar the one that is called most like it. Undefined where none, or more than one, is meant.
 */
export function bringerOf(driver: string, daemonSets: readonly DaemonSet[]): DaemonSet | undefined {
  const own = daemonSets.filter((set) => hostPaths(set).some((path) => path.split('/').includes(driver)))
  if (own.length > 0) return own[0]
  const words = wordsOf(driver)
  const scored = daemonSets
    .filter(isRegistrar)
    .map((set) => ({set, score: scoreOf(words, namesOf(set).join(' '))}))
    .filter(({score}) => score > 0)
    .toSorted((left, right) => right.score - left.score)
  return scored[0]?.score === scored[1]?.score ? undefined : scored[0]?.set
}

function scoreOf(words: readonly string[], names: string): number {
  return words.filter((word) => names.includes(word)).length
}

function wordsOf(driver: string): readonly string[] {
  const parts = driver.toLowerCase().split('.')
  const named = ENDINGS.has(parts.at(-1) ?? '') ? parts.slice(0, -1) : parts
  return named.filter((part) => part.length > 1 && !COMMON.has(part))
}

function isRegistrar(daemonSet: DaemonSet): boolean {
  return containersIn(daemonSet).some(({name, image}) => /driver-registrar/.test(`${name} ${image ?? ''}`))
}

function hostPaths({spec}: DaemonSet): readonly string[] {
  return (spec?.template?.spec?.volumes ?? []).flatMap(({hostPath}) => hostPath?.path ?? [])
}

/** What it is called, where it lives, and its images without their tags. */
function namesOf(daemonSet: DaemonSet): readonly string[] {
  const {name, namespace} = daemonSet.metadata ?? {}
  const images = containersIn(daemonSet).map(({image}) => (image ?? '').replace(/[:@].*$/, ''))
  return [name, namespace, ...images].map((each) => (each ?? '').toLowerCase())
}

function containersIn({spec}: DaemonSet) {
  return spec?.template?.spec?.containers ?? []
}
