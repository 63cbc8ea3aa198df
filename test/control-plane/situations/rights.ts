import type {V1PolicyRule, V1Role, V1RoleBinding} from '@kubernetes/client-node'
import type {SpareUser} from '../tools/users.ts'

const VERBS = ['get', 'list', 'watch']

/** Everything namespaced that the plugin reads. */
export const OF_ONE_NAMESPACE: readonly V1PolicyRule[] = [
  {apiGroups: ['apps'], resources: ['statefulsets', 'deployments', 'replicasets'], verbs: VERBS},
  {
    apiGroups: [''],
    resources: ['pods', 'persistentvolumeclaims', 'services', 'events'],
    verbs: VERBS,
  },
  {apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: VERBS},
]

/** One StatefulSet, by its name, and nothing else: not even to list them. */
export function ofOneSet(name: string): readonly V1PolicyRule[] {
  return [{apiGroups: ['apps'], resources: ['statefulsets'], resourceNames: [name], verbs: ['get']}]
}

/** Gives a user the right to list everything, everywhere, and to get nothing by its name. */
export function listsOnly(user: SpareUser): readonly object[] {
  const apiGroup = 'rbac.authorization.k8s.io'
  const metadata = {name: user}
  const [apiVersion, roleRef] = [`${apiGroup}/v1`, {apiGroup, kind: 'ClusterRole', name: user}]
  const rules = [{apiGroups: ['*'], resources: ['*'], verbs: ['list']}]
  const subjects = [{apiGroup, kind: 'User', name: user}]
  return [
    {apiVersion, kind: 'ClusterRole', metadata, rules},
    {apiVersion, kind: 'ClusterRoleBinding', metadata, roleRef, subjects},
  ]
}

/** Gives a user those rights in a namespace. */
export function rights(
  user: SpareUser,
  namespace: string,
  rules: readonly V1PolicyRule[],
): readonly [V1Role, V1RoleBinding] {
  const metadata = {name: user, namespace}
  const apiGroup = 'rbac.authorization.k8s.io'
  const apiVersion = `${apiGroup}/v1`
  return [
    {apiVersion, kind: 'Role', metadata, rules: [...rules]},
    {
      apiVersion,
      kind: 'RoleBinding',
      metadata,
      roleRef: {apiGroup, kind: 'Role', name: user},
      subjects: [{apiGroup, kind: 'User', name: user}],
    },
  ]
}
