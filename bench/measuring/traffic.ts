import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import type {ControlPlane} from '../../test/control-plane/tools/control-plane.ts'
import {until} from '../../test/control-plane/tools/until.ts'
import {type Command, run} from './process.ts'
import {type CountingProxy, startProxy} from './proxy.ts'

/** What one run of a command requests, and what it is sent. */
export interface Traffic {
  readonly requests: number
  readonly bytesRead: number
}

/** Counts in a run of its own, so that nobody stands in the way of those that are timed. */
export interface Counter {
  readonly count: (command: Command) => Promise<Traffic>
  readonly close: () => void
}

export async function startCounter(cluster: ControlPlane): Promise<Counter> {
  const proxy = await startProxy(cluster.server)
  const kubeconfig = join(cluster.folder, 'counted.kubeconfig')
  writeFileSync(kubeconfig, readFileSync(cluster.kubeconfig, 'utf8').replace(cluster.server, proxy.url), {
    mode: 0o600,
  })
  const count = (command: Command) =>
    counted(cluster, proxy, {...command, env: {...command.env, KUBECONFIG: kubeconfig}})
  return {count, close: proxy.close}
}

async function counted(cluster: ControlPlane, proxy: CountingProxy, command: Command): Promise<Traffic> {
  const [bytes, since] = [proxy.bytes(), await logged(cluster)]
  await run(command)
  const bytesRead = proxy.bytes() - bytes
  await logged(cluster)
  return {requests: cluster.auditLog(since).filter(({user}) => user === 'admin').length - 1, bytesRead}
}

let markers = 0

/** Size of the audit log when all that was requested up to now is in it. */
async function logged({auditLog, auditLogSize, request}: ControlPlane): Promise<number> {
  const since = auditLogSize()
  const marker = `/api/v1/namespaces/marker-${++markers}`
  await request('GET', marker)
  await until('the audit log is up to date', () => auditLog(since).some((each) => each.requestURI === marker))
  return auditLogSize()
}
