import type {Pod} from '../objects.ts'
import {requestOfPod} from '../requests.ts'

export type Wishes = readonly (readonly [resource: string, amount: number])[]

/** What a Pod requests of a node. */
export function wishesOf(pod: Pod): Wishes {
  const all = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])]
  const names = new Set([
    'pods',
    ...all.flatMap(({resources}) => Object.keys(resources?.requests ?? {})),
    ...Object.keys(pod.spec?.resources?.requests ?? {}),
    ...Object.keys(pod.spec?.overhead ?? {}),
  ])
  return [...names].map((name) => [name, requestOfPod(pod, name)] as const).filter(([, amount]) => amount > 0)
}

/** It requests something of a node besides its place. */
export function requestsRoom(pod: Pod): boolean {
  return wishesOf(pod).some(([name]) => name !== 'pods')
}
