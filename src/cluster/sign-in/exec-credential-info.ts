import type {Cluster, ExecConfig} from '../kubeconfig/types.ts'
import {readSmallFile} from '../small-file.ts'

/** The extension of a cluster that is handed to plugins as `spec.cluster.config`. */
const EXTENSION = 'client.authentication.k8s.io/exec'

/** KUBERNETES_EXEC_INFO: what a plugin is told about us and, if it asks for it, about the cluster. */
export function execInfo(exec: ExecConfig, cluster: Cluster, interactive: boolean): string {
  // with a line end, as Go's encoder has it
  const info = {
    kind: 'ExecCredential',
    apiVersion: exec.apiVersion,
    spec: {...(exec.provideClusterInfo && {cluster: clusterInfo(cluster)}), interactive},
  }
  return `${JSON.stringify(info)}\n`
}

// client-go 0.37 rest/exec.go ConfigToExecCluster: a CA by file is handed over as data.
function clusterInfo(cluster: Cluster): object {
  const config = cluster.extensions?.find(({name}) => name === EXTENSION)?.extension
  return {
    server: cluster.server,
    ...keep(cluster, 'tls-server-name'),
    ...keep(cluster, 'insecure-skip-tls-verify'),
    'certificate-authority-data': authorityData(cluster),
    ...keep(cluster, 'proxy-url'),
    ...keep(cluster, 'disable-compression'),
    config: config ?? null,
  }
}

function keep(cluster: Cluster, key: keyof Cluster): object {
  return cluster[key] ? {[key]: cluster[key]} : {}
}

function authorityData(cluster: Cluster): string | undefined {
  const {'certificate-authority-data': data, 'certificate-authority': file} = cluster
  return data || (file ? readSmallFile(file).toString('base64') : undefined)
}
