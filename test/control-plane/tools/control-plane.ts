import {mkdtempSync, statSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {ApiClient} from './api-client.ts'
import {type AuditEntry, readAuditLog} from './audit-log.ts'
import {isBuilt, NOT_BUILT} from './binaries.ts'
import {bringUp, startAgain} from './bring-up.ts'
import {COMPONENTS, type Component} from './component-arguments.ts'
import {type Components, createComponents} from './components.ts'
import {createKubectl, type Kubectl} from './kubectl.ts'
import {type Layout, layOut} from './layout.ts'
import {serviceAccountReady} from './readiness.ts'
import {type Guard, startGuard} from './start-guard.ts'
import {OPERATOR, type SpareUser} from './users.ts'

export interface ControlPlaneOptions {
  /** Without kwok no Pod gets beyond being scheduled. */
  readonly kwok?: boolean
  /** Without controllers and scheduler nothing changes what is created, and there are no ServiceAccounts. */
  readonly controllers?: boolean
  /** Milliseconds until etcd and kube-apiserver must be ready; with a large data folder it takes them longer. */
  readonly patience?: number
  readonly etcdArgs?: readonly string[]
  readonly apiServerArgs?: readonly string[]
  readonly controllerManagerArgs?: readonly string[]
  readonly schedulerArgs?: readonly string[]
}

export interface ControlPlane extends ApiClient, Kubectl {
  /** With it `admin` comes in, of the group system:masters. */
  readonly kubeconfig: string
  /** With it whoever runs the plugin comes in: with the rights of `rbac/cluster-role.yaml`. */
  readonly operator: string
  readonly server: string
  readonly folder: string
  /** What was written to it since it was that many bytes long. */
  readonly auditLog: (since?: number) => readonly AuditEntry[]
  readonly auditLogSize: () => number
  /** Waits until Pods may be created in it. */
  readonly createNamespace: (name: string) => Promise<void>
  readonly user: (name: SpareUser) => {readonly name: SpareUser; readonly kubeconfig: string}
  readonly startComponent: (component: Component) => Promise<void>
  readonly stopComponent: (component: Component) => Promise<void>
  /** It does nothing at all, and keeps its connections, until it is resumed. */
  readonly pauseComponent: (component: Component) => void
  readonly resumeComponent: (component: Component) => void
  readonly restart: (component: Component) => Promise<void>
  readonly stop: () => Promise<void>
}

interface Parts {
  readonly layout: Layout
  readonly guard: Guard
  readonly components: Components
}

export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const wanted = wantedComponents(options)
  if (!wanted.every(isBuilt)) throw new Error(NOT_BUILT)
  const parts = await prepare(options)
  try {
    const api = await bringUp(parts.layout, parts.components, wanted, options.patience)
    return {...api, ...createKubectl(parts.layout), ...running(parts, api)}
  } catch (error) {
    await stop(parts)
    throw error
  }
}

function wantedComponents({kwok = true, controllers = true}: ControlPlaneOptions): readonly Component[] {
  const unwanted: readonly Component[] = [
    ...(kwok ? [] : ['kwok' as const]),
    ...(controllers ? [] : ['kube-controller-manager' as const, 'kube-scheduler' as const]),
  ]
  return COMPONENTS.filter((component) => !unwanted.includes(component))
}

async function prepare(options: ControlPlaneOptions): Promise<Parts> {
  const layout = await layOut(mkdtempSync(join(tmpdir(), 'kubectl-stateful-')))
  const guard = startGuard(layout.folder)
  const components = createComponents(layout, guard, {
    etcd: options.etcdArgs ?? [],
    'kube-apiserver': options.apiServerArgs ?? [],
    'kube-controller-manager': options.controllerManagerArgs ?? [],
    'kube-scheduler': options.schedulerArgs ?? [],
  })
  return {layout, guard, components}
}

function running(parts: Parts, api: ApiClient): Omit<ControlPlane, keyof ApiClient | keyof Kubectl> {
  const {layout, components} = parts
  const startComponent = (component: Component) => startAgain(component, layout, components, api)
  return {
    kubeconfig: layout.kubeconfig('admin'),
    operator: layout.kubeconfig(OPERATOR),
    server: layout.server,
    folder: layout.folder,
    auditLog: (since) => readAuditLog(layout, since),
    auditLogSize: () => statSync(layout.auditLog).size,
    createNamespace: async (name) => {
      await api.request('POST', '/api/v1/namespaces', {metadata: {name}})
      await serviceAccountReady(api, components, name)
    },
    user: (name) => ({name, kubeconfig: layout.kubeconfig(name)}),
    startComponent,
    stopComponent: components.stop,
    pauseComponent: components.pause,
    resumeComponent: components.resume,
    restart: async (component) => {
      await components.stop(component)
      await startComponent(component)
    },
    stop: () => stop(parts),
  }
}

async function stop({components, guard}: Parts): Promise<void> {
  await components.stopAll()
  await guard.finish()
}
