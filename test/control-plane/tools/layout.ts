import {createServer} from 'node:net'
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
  const servers = [createServer(), createServer(), createServer()] as const
  const [a, b, c] = await Promise.all([listen(servers[0]), listen(servers[1]), listen(servers[2])])
  for (const server of servers) server.close()
  return [a, b, c]
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address && typeof address === 'object') resolve(address.port)
    })
  })
}
