import {namespaceName, setName} from '../objects/common.ts'
import {isHole} from '../objects/trouble.ts'
import type {Size} from '../size.ts'

/** A Pod of the loaded cluster. */
export interface Place {
  readonly namespace: string
  readonly pod: string
}

/** All Pods of a loaded cluster, those of StatefulSets first. */
export function placesIn({sets, replicas, daemons, nodes}: Size): readonly Place[] {
  const ofSets = range(sets).flatMap((set) =>
    range(replicas)
      .filter((ordinal) => !isHole(set, ordinal))
      .map((ordinal) => ({namespace: namespaceName(set), pod: `${setName(set)}-${ordinal}`})),
  )
  const ofDaemons = range(daemons).flatMap((daemon) =>
    range(nodes).map((node) => ({namespace: 'kube-system', pod: `agent-${daemon}-${node}`})),
  )
  return [...ofSets, ...ofDaemons]
}

function range(count: number): readonly number[] {
  return Array.from({length: count}, (_, index) => index)
}
