import {zoneOf} from '../../model/node.ts'
import {
  type DaemonSet,
  type KubernetesObject,
  type Node,
  nameOf,
  namespaceOf,
  type ObjectReference,
  type PersistentVolumeClaim,
  type Pod,
  type StatefulSet,
} from '../../model/objects.ts'
import type {Scope} from '../../model/scope.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'
import type {Change} from './change.ts'

/** What the question is about, as far as it was found. */
export interface Subjects {
  readonly nodes: readonly Node[]
  readonly statefulSets: readonly StatefulSet[]
  readonly daemonSets: readonly DaemonSet[]
  readonly pods: readonly Pod[]
  readonly persistentVolumeClaims: readonly PersistentVolumeClaim[]
}

const KINDS = {
  nodes: 'Node',
  statefulSets: 'StatefulSet',
  daemonSets: 'DaemonSet',
  pods: 'Pod',
  persistentVolumeClaims: 'PersistentVolumeClaim',
} as const

type Kind = keyof typeof KINDS

/** A name that files hold in several namespaces, though the question is about one; undefined: there is none. */
export function severalIn(
  snapshot: ClusterSnapshot,
  scope: Scope,
): {readonly kind: string; readonly name: string; readonly namespaces: readonly string[]} | undefined {
  for (const {resource, name} of scope.names) {
    const [kind] = Object.keys(KINDS).filter((each): each is Kind => each === resource)
    const all: readonly KubernetesObject[] = kind ? snapshot[kind] : []
    const namespaces = namedIn(all, name, scope).map(namespaceOf)
    if (kind && namespaces.length > 1) return {kind: KINDS[kind], name, namespaces: namespaces.toSorted()}
  }
  return undefined
}

export function subjectsOf(snapshot: ClusterSnapshot, scope: Scope, change: Change): Subjects {
  const named = <T extends KubernetesObject>(kind: Kind, objects: readonly T[]) =>
    scope.names.flatMap(({resource, name}) =>
      resource === kind ? namedIn(objects, name, scope).slice(0, 1) : [],
    )
  return {
    nodes:
      change.action === 'lose' && change.zone !== undefined
        ? inZone(snapshot, change.zone)
        : named('nodes', snapshot.nodes),
    statefulSets: named('statefulSets', snapshot.statefulSets),
    daemonSets: named('daemonSets', snapshot.daemonSets),
    pods: named('pods', snapshot.pods),
    persistentVolumeClaims: named('persistentVolumeClaims', snapshot.persistentVolumeClaims),
  }
}

function namedIn<T extends KubernetesObject>(
  objects: readonly T[],
  name: string,
  scope: Scope,
): readonly T[] {
  return objects.filter((each) => nameOf(each) === name && isIn(each, scope))
}

function inZone({nodes}: ClusterSnapshot, zone: string): readonly Node[] {
  return nodes.filter((node) => zoneOf(node) === zone)
}

/** Files may hold what has that name in another namespace. */
function isIn(object: KubernetesObject, {namespace}: Scope): boolean {
  const own = namespaceOf(object)
  return own === '' || namespace === undefined || own === namespace
}

/** How the report points at them. */
export function referencesTo(subjects: Subjects): readonly ObjectReference[] {
  return (Object.keys(KINDS) as Kind[]).flatMap((kind) =>
    subjects[kind].map((object: KubernetesObject) => ({
      kind: KINDS[kind],
      ...(object.metadata?.namespace !== undefined && {namespace: object.metadata.namespace}),
      name: nameOf(object),
    })),
  )
}
