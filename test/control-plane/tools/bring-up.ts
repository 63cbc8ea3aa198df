import {readFileSync} from 'node:fs'
import {type ApiClient, createApiClient} from './api-client.ts'
import {writeAuditPolicy} from './audit-log.ts'
import {COMPONENTS, type Component} from './component-arguments.ts'
import type {Components} from './components.ts'
import type {Layout} from './layout.ts'
import {bindOperator} from './operator.ts'
import {apiServerReady, certificate, certificateReady, etcdReady, serviceAccountReady} from './readiness.ts'
import {writeStages} from './stage-config.ts'
import {OPERATOR, type Tokens, writeKubeconfig, writeServiceAccountKeys, writeTokens} from './users.ts'

/** Starts components in their order, each as soon as what it needs is ready. */
export async function bringUp(
  layout: Layout,
  components: Components,
  wanted: readonly Component[],
  patience?: number,
): Promise<ApiClient> {
  const tokens = writeTokens(layout)
  writeServiceAccountKeys(layout)
  writeAuditPolicy(layout)
  writeStages(layout)
  components.start('etcd')
  await etcdReady(layout, components, patience)
  components.start('kube-apiserver')
  const [api, asOperator] = await connect(layout, components, tokens)
  await apiServerReady(api, components, patience)
  await bindOperator(api, asOperator)
  for (const component of COMPONENTS.slice(2)) {
    if (wanted.includes(component)) components.start(component)
  }
  if (wanted.includes('kube-controller-manager')) await serviceAccountReady(api, components, 'default')
  return api
}

async function connect(
  layout: Layout,
  components: Components,
  tokens: Tokens,
): Promise<readonly [ApiClient, ApiClient]> {
  await certificateReady(layout, components)
  const ca = readFileSync(certificate(layout), 'utf8')
  for (const [user, token] of tokens) writeKubeconfig(layout, user, token, ca)
  const as = (user: string) => createApiClient({server: layout.server, ca, token: tokens.get(user) ?? ''})
  return [as('admin'), as(OPERATOR)]
}

/** Starts one component again; the API server listens where it did before. */
export async function startAgain(
  component: Component,
  layout: Layout,
  components: Components,
  api: ApiClient,
): Promise<void> {
  components.start(component)
  if (component === 'etcd') await etcdReady(layout, components)
  if (component === 'kube-apiserver') await apiServerReady(api, components)
}
