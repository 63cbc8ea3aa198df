import {existsSync} from 'node:fs'
import {join} from 'node:path'
import type {ApiClient} from './api-client.ts'
import type {Components} from './components.ts'
import type {Layout} from './layout.ts'
import {until} from './until.ts'

export async function etcdReady(
  {etcdPort}: Layout,
  {checkAlive}: Components,
  timeout = PATIENCE,
): Promise<void> {
  const read = async () => {
    checkAlive()
    const {ok} = await fetch(`http://127.0.0.1:${etcdPort}/health`)
    return ok
  }
  await until('etcd is healthy', read, Boolean, {timeout})
}

const PATIENCE = 30_000

export const certificate = ({certificates}: Layout): string => join(certificates, 'apiserver.crt')

export async function certificateReady(layout: Layout, {checkAlive}: Components): Promise<void> {
  const isWritten = () => {
    checkAlive()
    return existsSync(certificate(layout)) && existsSync(join(layout.certificates, 'apiserver.key'))
  }
  await until('kube-apiserver has a certificate', isWritten, Boolean, {interval: 10})
}

export async function apiServerReady(
  api: ApiClient,
  {checkAlive}: Components,
  timeout = PATIENCE,
): Promise<void> {
  const read = async () => {
    checkAlive()
    return api.request('GET', '/readyz?verbose')
  }
  await until('kube-apiserver is ready', read, ({code}) => code === 200, {timeout})
}

/** Pods are refused in a namespace until kube-controller-manager has created its `default` ServiceAccount. */
export async function serviceAccountReady(
  api: ApiClient,
  {checkAlive}: Components,
  namespace: string,
): Promise<void> {
  await until(`namespace ${namespace} has a ServiceAccount`, () => {
    checkAlive()
    return api.get(`/api/v1/namespaces/${namespace}/serviceaccounts/default`)
  })
}
