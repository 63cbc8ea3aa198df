import {containersOf} from '../../model/containers.ts'
import {nameOf, type Pod} from '../../model/objects.ts'
import {isReady, isTerminal, isTerminating, restarts} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {MANY_RESTARTS, SILENT_SECONDS, secondsBetween} from '../patience.ts'
import {type Trouble, troubleOf} from '../trouble.ts'
import {unreadySince} from './finding.ts'
import {judgePod} from './judge.ts'
import {causes as ofNeededNode} from './scheduling/passing-causes.ts'
import {NODE_UNREACHABLE} from './terminating/node.ts'

/** Why a Pod that is waited for does not come, or does not go; undefined while it moves as Pods do. */
export function podTrouble(pod: Pod, relations: Relations): Trouble | undefined {
  if (isReady(pod) && !isTerminating(pod)) return undefined
  const now = relations.snapshot.observedAt
  const finding = judgePod(pod, relations)
  return finding ? troubleOf(finding, now) : unexplained(pod, relations)
}

/** Nothing that was read says why, and it has lasted for longer than anything should. */
function unexplained(pod: Pod, {snapshot, sees}: Relations): Trouble | undefined {
  const since = unreadySince(pod)
  if (isTerminal(pod) || !(secondsBetween(since, snapshot.observedAt) > SILENT_SECONDS)) return undefined
  const message = `${nameOf(pod)} is not ready, and ${sees('events') ? 'nothing says why' : 'its events could not be read'}`
  return {finding: undefined, message, since, isStalled: true}
}

/** Neither time nor another revision helps: its node is lost, or the one that it needs is. */
export function isNodeLost({finding}: Trouble): boolean {
  if (!finding) return false
  const {id, object} = finding
  return object.kind === 'Node' || id === NODE_UNREACHABLE || Object.hasOwn(ofNeededNode, id)
}

const STARTING: ReadonlySet<string> = new Set(['ContainerCreating', 'PodInitializing'])

/** A container waits for its next try, or has been tried again and again. */
export function isFailing(pod: Pod): boolean {
  const reasons = containersOf(pod).map(({status}) => status.state?.waiting?.reason)
  const isRetried = (reason: string | undefined) => reason !== undefined && !STARTING.has(reason)
  return reasons.some(isRetried) || restarts(pod) >= MANY_RESTARTS
}
