import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import type {V1ClusterRole} from '@kubernetes/client-node'
import {load} from 'js-yaml'
import type {ApiClient} from './api-client.ts'
import {until} from './until.ts'
import {OPERATOR} from './users.ts'

const RBAC = join(import.meta.dirname, '../../../rbac')
const GROUP = 'rbac.authorization.k8s.io'
const RIGHTS = `/apis/${GROUP}/v1`

/** The ClusterRole that we ship. */
export function clusterRole(): V1ClusterRole {
  return load(readFileSync(join(RBAC, 'cluster-role.yaml'), 'utf8')) as V1ClusterRole
}

/** Binds whoever runs the plugin to the ClusterRole that we ship; then the API server knows it. */
export async function bindOperator(api: ApiClient, asOperator: ApiClient): Promise<void> {
  const name = clusterRole().metadata?.name
  await create(api, 'clusterroles', clusterRole())
  await create(api, 'clusterrolebindings', {
    metadata: {name},
    roleRef: {apiGroup: GROUP, kind: 'ClusterRole', name},
    subjects: [{apiGroup: GROUP, kind: 'User', name: OPERATOR}],
  })
  await until('the operator has rights', () => asOperator.get('/api/v1/nodes?limit=1'))
}

/** A folder that is started again has them already. */
async function create({request}: ApiClient, plural: string, object: object): Promise<void> {
  const {code, body} = await request('POST', `${RIGHTS}/${plural}`, object)
  if (![201, 409].includes(code)) throw new Error(`POST ${plural}: ${code} ${JSON.stringify(body)}`)
}
