import type {KubernetesObject, ObjectReference} from '../../model/objects.ts'
import {withoutUids} from '../../model/without-uids.ts'
import type {TimelineEntry} from './report.ts'

/** An object that may tell in conditions how it is. */
export interface Conditioned extends KubernetesObject {
  readonly status?: {
    readonly conditions?: readonly {
      readonly type?: string
      readonly status?: string
      readonly reason?: string
      readonly message?: string
      readonly lastTransitionTime?: string
    }[]
  }
}

/** Conditions that are good when they are true; of all others it is the other way round. */
const GOOD: ReadonlySet<string> = new Set([
  'Available',
  'ContainersReady',
  'Initialized',
  'PodReadyToStartContainers',
  'PodScheduled',
  'Progressing',
  'Ready',
])

/** The one says what `Ready` says, at the same entry; the other what the Pods say. */
const NEEDLESS: ReadonlySet<string> = new Set(['ContainersReady', 'Unused'])

/** When each condition became what it is; of those that are as they should be, `Ready` alone belongs to the story. */
export function conditionEntries(object: ObjectReference, {status}: Conditioned): readonly TimelineEntry[] {
  return (status?.conditions ?? []).flatMap((condition) => {
    const {type, status: is, reason, message, lastTransitionTime: at} = condition
    const isWarning = GOOD.has(type ?? '') ? is !== 'True' : is === 'True'
    if (at === undefined || !type || !is || NEEDLESS.has(type) || (type !== 'Ready' && !isWarning)) return []
    const text = withoutUids([reason, message].filter(Boolean).join(': '))
    return [{at, object, what: 'Condition', reason: `${type}=${is}`, text, isWarning}]
  })
}
