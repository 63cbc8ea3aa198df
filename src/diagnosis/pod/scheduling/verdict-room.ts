import {nameOf} from '../../../model/objects.ts'
import {requestOfPod} from '../../../model/requests.ts'
import type {PodSubject} from '../subject.ts'
import {resourceIn, roomOf} from './room.ts'
import type {SchedulerVerdict} from './verdict.ts'

/** The room that the verdict is about, with numbers where there is one node to have them. */
export interface PodRoom {
  /** Of each reason of the verdict; empty where it is not about room. */
  readonly numbers: readonly string[]
  /** Even empty, none of the nodes is big enough; false where that was not seen. */
  readonly isHopeless: boolean
  /** Who has the room of the one node. */
  readonly holders: readonly string[]
}

export function roomFor({pod, relations}: PodSubject, {told, nodes}: SchedulerVerdict): PodRoom {
  const [only, ...others] = nodes
  const isSingle = only !== undefined && others.length === 0
  const rooms = told.map(({text}) =>
    roomOf(text, pod, isSingle ? only : undefined, isSingle ? relations.podsOn(nameOf(only)) : []),
  )
  const wish = JSON.stringify(told.map(({text}) => [text, requestOfPod(pod, resourceIn(text) ?? 'pods')]))
  const isHopeless = relations.once(
    `isHopeless ${wish}`,
    nodes,
    () =>
      nodes.length > 0 && nodes.every((node) => told.some(({text}) => roomOf(text, pod, node).isTooSmall)),
  )
  return {
    numbers: rooms.map(({numbers}) => numbers),
    isHopeless,
    holders: rooms.flatMap(({holders}) => holders),
  }
}
