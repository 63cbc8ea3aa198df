import {type KubernetesObject, nameOf, namespaceOf, type ObjectReference} from '../../model/objects.ts'
import type {Scope} from '../../model/scope.ts'
import type {ClusterSnapshot} from '../../model/snapshot.ts'

/** What may be asked about, by the plural that the snapshot gives it. */
const KINDS = {
  statefulSets: {kind: 'StatefulSet', word: 'statefulset.apps'},
  daemonSets: {kind: 'DaemonSet', word: 'daemonset.apps'},
  pods: {kind: 'Pod', word: 'pod'},
  persistentVolumeClaims: {kind: 'PersistentVolumeClaim', word: 'persistentvolumeclaim'},
  nodes: {kind: 'Node', word: 'node'},
} as const

export type WhyKind = keyof typeof KINDS

export const whyKinds = [
  'statefulSets',
  'daemonSets',
  'pods',
  'persistentVolumeClaims',
  'nodes',
] as const satisfies readonly WhyKind[]

/** The kind and name that the question is about; a kind that it can't be about counts as a Pod's. */
export function requestedSubject({names}: Scope): {readonly key: WhyKind; readonly name: string} {
  const [first] = names
  return {key: whyKinds.find((each) => each === first?.resource) ?? 'pods', name: first?.name ?? ''}
}

/** Everything of that kind and name within the scope: files may hold it in several namespaces. */
export function subjectsIn(snapshot: ClusterSnapshot, scope: Scope): readonly KubernetesObject[] {
  const {key, name} = requestedSubject(scope)
  const all: readonly KubernetesObject[] = snapshot[key]
  return all.filter(
    (object) => nameOf(object) === name && (key === 'nodes' || isWithin(namespaceOf(object), scope)),
  )
}

function isWithin(namespace: string, scope: Scope): boolean {
  return scope.namespace === undefined || scope.namespace === namespace
}

/** The one that the answer is about; undefined where there is none. */
export function theOne<T extends KubernetesObject>(
  objects: readonly T[],
  {namespace}: Scope,
  name: string,
): T | undefined {
  return objects.find(
    (object) =>
      nameOf(object) === name && (namespace === undefined || ['', namespace].includes(namespaceOf(object))),
  )
}

export function subjectOf(snapshot: ClusterSnapshot, scope: Scope): ObjectReference {
  const {key, name} = requestedSubject(scope)
  const [found] = subjectsIn(snapshot, scope)
  const namespace = found ? namespaceOf(found) : (scope.namespace ?? '')
  return {kind: KINDS[key].kind, ...(key !== 'nodes' && {namespace}), name}
}

/** `pod/web-0`, as `-o name` has it. */
export function nameWithType({kind, name}: ObjectReference): string {
  const entry = Object.values(KINDS).find((each) => each.kind === kind)
  return `${entry?.word ?? kind.toLowerCase()}/${name}`
}
