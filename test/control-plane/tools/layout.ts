import {randomInt} from 'node:crypto'
import {createServer, type Server} from 'node:net'
import {join} from 'node:path'

/** Where one control plane keeps its files and listens. */
export interface Layout {
  readonly folder: string
  readonly etcdPort: number
  readonly etcdPeerPort: number
  readonly serverPort: number
  readonly server: string
  readonly certificates: string
  readonly tokens: string
  readonly serviceAccountKey: string
  readonly serviceAccountPublicKey: string
  readonly auditPolicy: string
  readonly auditLog: string
  readonly stages: string
  readonly kubeconfig: (user: string) => string
  readonly log: (component: string) => string
}

export async function layOut(folder: string): Promise<Layout> {
  const [etcdPort, etcdPeerPort, serverPort] = await freePorts()
  return {
    folder,
    etcdPort,
    etcdPeerPort,
    serverPort,
    server: `https://127.0.0.1:${serverPort}`,
    certificates: join(folder, 'certificates'),
    tokens: join(folder, 'tokens.csv'),
    serviceAccountKey: join(folder, 'service-account.key'),
    serviceAccountPublicKey: join(folder, 'service-account.pub'),
    auditPolicy: join(folder, 'audit-policy.yaml'),
    auditLog: join(folder, 'audit.log'),
    stages: join(folder, 'stages.yaml'),
    kubeconfig: (user) => join(folder, `${user.replaceAll(':', '-')}.kubeconfig`),
    log: (component) => join(folder, `${component}.log`),
  }
}

// All are open at once, so that no port is handed out twice.
async function freePorts(): Promise<readonly [number, number, number]> {
  const servers = [await listen(), await listen(), await listen()] as const
  for (const {server} of servers) server.close()
  return [servers[0].port, servers[1].port, servers[2].port]
}

/** Below those that systems give to whoever connects: no client of another control plane has it before ours listens. */
async function listen(): Promise<{readonly server: Server; readonly port: number}> {
  const port = randomInt(10_000, 32_000)
  const server = createServer()
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => resolve(true))
  })
  return isFree ? {server, port} : listen()
}
