import {until} from '../../test/control-plane/tools/until.ts'
import {storageClass} from '../objects/claim.ts'
import {namespaceName} from '../objects/common.ts'
import {node} from '../objects/node.ts'
import type {Section} from '../size.ts'
import {loadDaemon} from './daemon.ts'
import {loadSet} from './set.ts'
import {type Api, create, each, range, type Tell} from './write.ts'

const AGENTS = 'kube-system'

/** Adds a section to a cluster whose controllers do not run, so that nothing is changed or collected. */
export async function load(api: Api, section: Section, tell: Tell): Promise<void> {
  const {from, to} = section
  if (from.nodes === 0) await createSurroundings(api)
  const namespaces = new Set(range(from.sets, to.sets).map(namespaceName))
  const old = new Set(range(0, from.sets).map(namespaceName))
  await each(namespaces.difference(old), (name) => createNamespace(api, name))
  await each(range(from.nodes, to.nodes), (index) => create(api, node(index)))
  tell(`${to.nodes} nodes are there`)
  await each(range(from.sets, to.sets), (set) => loadSet(api, section, set))
  tell(`${to.sets} StatefulSets are there, with Pods, claims, volumes and attachments`)
  for (const daemon of range(0, to.daemons)) await loadDaemon(api, AGENTS, section, daemon)
  tell(`${to.daemons} DaemonSets are there, with Pods`)
}

async function createSurroundings(api: Api): Promise<void> {
  await create(api, storageClass)
  // kube-apiserver creates this namespace itself, a moment after it is ready
  await until(`namespace ${AGENTS}`, () => createAccount(api, AGENTS).then(() => true))
}

async function createNamespace(api: Api, name: string): Promise<void> {
  await create(api, {path: '/api/v1/namespaces', object: {metadata: {name}}})
  await createAccount(api, name)
}

/** The account that its Pods run as, which a controller would make. */
async function createAccount(api: Api, namespace: string): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts`
  await create(api, {path, object: {metadata: {name: 'default'}}})
}
