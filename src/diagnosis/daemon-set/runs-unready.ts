import {nameOf, type Pod} from '../../model/objects.ts'
import {statusWord} from '../../model/pod-status-word.ts'
import type {Finding} from '../finding.ts'
import {podReference, podText} from '../pod.ts'
import {unreadyId} from '../pod-trouble.ts'
import {quoted} from '../quoted.ts'

/** Of a Pod whose containers run that it is not ready yet; undefined for one that has not come that far. */
export function runsUnready(pod: Pod, nodeName: string): Finding | undefined {
  if (statusWord(pod) !== 'Running') return undefined
  const ready = pod.status?.conditions?.find(({type}) => type === 'Ready')
  const since = ready?.lastTransitionTime
  return {
    id: unreadyId(pod),
    severity: 'info',
    message: `${podText(pod)} runs on node ${nodeName} and is not ready yet${ready?.message ? `: ${quoted(ready.message)}` : ''}`,
    object: podReference(pod),
    ...(since && {since}),
    evidence: [`pod/${nameOf(pod)} condition Ready is not True`],
    selfHealing: 'maybe',
    remedy: null,
  }
}
