import type {V1ClusterRole} from '@kubernetes/client-node'
import {clusterRole} from './operator.ts'

const GROUP = 'rbac.authorization.k8s.io'

/** The name of somebody who has all the rights that we ship, but for those to one kind. */
export function userWithout(kind: string): string {
  return `without-${kind.replace('/', '-')}`
}

/** What makes him one. */
export function rightsWithout(kind: string): readonly object[] {
  const metadata = {name: userWithout(kind)}
  const rules = (clusterRole().rules ?? []).map((rule) => ({
    ...rule,
    resources: (rule.resources ?? []).filter((each) => each !== kind),
  }))
  const role: V1ClusterRole = {
    ...clusterRole(),
    metadata,
    rules: rules.filter(({resources}) => resources.length > 0),
  }
  const roleRef = {apiGroup: GROUP, kind: 'ClusterRole', name: metadata.name}
  const subjects = [{apiGroup: GROUP, kind: 'User', name: metadata.name}]
  return [role, {apiVersion: role.apiVersion, kind: 'ClusterRoleBinding', metadata, roleRef, subjects}]
}
