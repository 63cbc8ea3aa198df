import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {binary} from '../control-plane/tools/binaries.ts'
import {startChild} from '../control-plane/tools/child.ts'
import {componentArguments} from '../control-plane/tools/component-arguments.ts'
import type {ControlPlane} from '../control-plane/tools/control-plane.ts'
import type {Layout} from '../control-plane/tools/layout.ts'

type Restarted = 'kube-apiserver' | 'kube-controller-manager'

/** For a while a component runs with one more argument; afterwards it does not run at all. */
export async function withArgument(
  api: ControlPlane,
  component: Restarted,
  extra: string,
  act: () => Promise<void>,
): Promise<void> {
  await api.stopComponent(component)
  const child = startChild({
    command: binary(component),
    args: [...componentArguments(component, layoutOf(api)), extra],
    cwd: api.folder,
    log: join(api.folder, `${component}.log`),
  })
  try {
    await act()
  } finally {
    await child.kill()
  }
}

/** Where the harness has put things; the port of etcd is known to nobody but etcd. */
export function layoutOf({folder, server}: ControlPlane): Layout {
  const port = /--listen-client-urls=http:\/\/127\.0\.0\.1:(\d+)/.exec(
    readFileSync(join(folder, 'etcd.log'), 'utf8'),
  )?.[1]
  return {
    folder,
    etcdPort: Number(port),
    etcdPeerPort: 0,
    serverPort: Number(new URL(server).port),
    server,
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
