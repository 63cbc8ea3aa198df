import type {ApiClient} from '../tools/api-client.ts'
import {type Behaviour, behaviour} from './behaviours.ts'

type Plural = 'statefulsets' | 'daemonsets'

/** Changes fields of a workload's spec, as a merge patch does. */
export async function edit(
  api: ApiClient,
  plural: Plural,
  [namespace, name]: readonly [string, string],
  spec: object,
): Promise<void> {
  const path = `/apis/apps/v1/namespaces/${namespace}/${plural}/${name}`
  const {code, body} = await api.request('PATCH', path, {spec})
  if (code !== 200) throw new Error(`PATCH ${path}: ${code} ${JSON.stringify(body)}`)
}

/** What a template is to run, and what comes of it. */
export function template(image: string, all: Behaviour = 'ready'): object {
  const containers = [{name: 'app', image: `registry.example/${image}`}]
  return {template: {metadata: {annotations: behaviour(all)}, spec: {containers}}}
}

export async function deletePod(api: ApiClient, namespace: string, pod: string): Promise<void> {
  await api.request('DELETE', `/api/v1/namespaces/${namespace}/pods/${pod}`)
}
