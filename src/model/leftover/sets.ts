import {selects} from '../labels.ts'
import {mountedClaims} from '../mounted-claims.ts'
import {
  controllerOf,
  type DaemonSet,
  type KubernetesObject,
  keyOf,
  nameOf,
  namespaceOf,
  objectKey,
  type Pod,
  type StatefulSet,
} from '../objects.ts'
import type {Relations} from '../relations.ts'

type Owner = NonNullable<ReturnType<typeof controllerOf>>

/** A controller of another kind that has Pods with the names of that set's ordinals: an operator's own set. */
export function otherOwnerOf(
  namespace: string,
  set: string,
  {once, snapshot: {pods}}: Relations,
): string | undefined {
  const byParent = once('other owners by parent', pods, () => new Map(pods.flatMap(otherOwner)))
  return byParent.get(objectKey(namespace, set))
}

function otherOwner(pod: Pod): readonly (readonly [string, string])[] {
  const owner = controllerOf(pod)
  const parent = parentOf(nameOf(pod))
  if (!owner || parent === undefined || isStatefulSet(owner)) return []
  return [[objectKey(namespaceOf(pod), parent), `${owner.kind}/${owner.name}`]]
}

export function isStatefulSet({apiVersion, kind}: Pick<Owner, 'apiVersion' | 'kind'>): boolean {
  return kind === 'StatefulSet' && apiVersion.startsWith('apps/')
}

/** `web` of `web-3`; undefined for a name without a number at its end. */
export function parentOf(name: string): string | undefined {
  return /^(.+)-\d{1,10}$/.exec(name)?.[1]
}

/** Claims that the template of a set names, whether or not a Pod of it runs. */
export function isNamedInTemplate(claim: KubernetesObject, {once, snapshot}: Relations): boolean {
  const {statefulSets, daemonSets} = snapshot
  const named = once('claims in templates', snapshot, () => {
    return new Set([...statefulSets, ...daemonSets].flatMap(claimsInTemplate))
  })
  return named.has(keyOf(claim))
}

function claimsInTemplate(set: StatefulSet | DaemonSet): readonly string[] {
  const {volumes = []} = set.spec?.template?.spec ?? {}
  const pod: Pod = {spec: {containers: [], volumes: volumes.filter(({ephemeral}) => !ephemeral)}}
  return mountedClaims(pod).map((claim) => objectKey(namespaceOf(set), claim))
}

/** A set whose controller would adopt what has these labels and no owner. */
export function adopterOf(object: KubernetesObject, relations: Relations): string | undefined {
  const {labels = {}} = object.metadata ?? {}
  const bySelector = relations.once('by selector', relations.snapshot, () => setsBySelector(relations))
  const keys = Object.entries(labels).map(([label, value]) => `${namespaceOf(object)}/${label}=${value}`)
  const sets = [...keys, `${namespaceOf(object)}/`].flatMap((key) => bySelector.get(key) ?? [])
  const adopter = sets.find(({spec}) => selects(spec?.selector, labels))
  return adopter && nameOf(adopter)
}

/** By one label that they demand. */
function setsBySelector({snapshot: {statefulSets, daemonSets}}: Relations) {
  return Map.groupBy<string, StatefulSet | DaemonSet>([...statefulSets, ...daemonSets], (set) => {
    const [label] = Object.entries(set.spec?.selector?.matchLabels ?? {})
    return `${namespaceOf(set)}/${label ? label.join('=') : ''}`
  })
}
