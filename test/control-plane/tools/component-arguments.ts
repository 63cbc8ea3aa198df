import type {Layout} from './layout.ts'
import {COMPONENT_USERS} from './users.ts'

/** In the order in which they are started. */
export const COMPONENTS = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
] as const

export type Component = (typeof COMPONENTS)[number]

export function componentArguments(component: Component, layout: Layout): readonly string[] {
  return ARGUMENTS[component](layout)
}

const ARGUMENTS: Record<Component, (layout: Layout) => readonly string[]> = {
  etcd: etcdArguments,
  'kube-apiserver': apiServerArguments,
  'kube-controller-manager': controllerManagerArguments,
  'kube-scheduler': schedulerArguments,
  kwok: kwokArguments,
}

function etcdArguments({folder, etcdPort, etcdPeerPort}: Layout): readonly string[] {
  const client = `http://127.0.0.1:${etcdPort}`
  const peer = `http://127.0.0.1:${etcdPeerPort}`
  return [
    `--data-dir=${folder}/etcd`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
  ]
}

function apiServerArguments(layout: Layout): readonly string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${layout.etcdPort}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${layout.serverPort}`,
    `--cert-dir=${layout.certificates}`,
    `--token-auth-file=${layout.tokens}`,
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-signing-key-file=${layout.serviceAccountKey}`,
    `--service-account-key-file=${layout.serviceAccountPublicKey}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    // A loopback address is no valid endpoint of the Service `kubernetes`.
    '--endpoint-reconciler-type=none',
    `--audit-policy-file=${layout.auditPolicy}`,
    `--audit-log-path=${layout.auditLog}`,
    // in megabytes: it is not rotated under our eyes
    '--audit-log-maxsize=100000',
  ]
}

function controllerManagerArguments(layout: Layout): readonly string[] {
  return [
    ...clientArguments('kube-controller-manager', layout),
    `--service-account-private-key-file=${layout.serviceAccountKey}`,
    `--root-ca-file=${layout.certificates}/apiserver.crt`,
    '--pvclaimbinder-sync-period=1s',
    // kwok's nodes send no heartbeats.
    '--node-monitor-grace-period=24h',
  ]
}

function schedulerArguments(layout: Layout): readonly string[] {
  return clientArguments('kube-scheduler', layout)
}

function clientArguments(component: keyof typeof COMPONENT_USERS, layout: Layout): readonly string[] {
  const kubeconfig = layout.kubeconfig(COMPONENT_USERS[component])
  return [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0']
}

function kwokArguments(layout: Layout): readonly string[] {
  return [
    `--kubeconfig=${layout.kubeconfig(COMPONENT_USERS.kwok)}`,
    `--config=${layout.stages}`,
    '--manage-all-nodes=true',
    '--node-lease-duration-seconds=0',
    '--cidr=10.244.0.0/16',
    '--node-port=0',
  ]
}
