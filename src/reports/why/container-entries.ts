import type {ObjectReference, Pod} from '../../model/objects.ts'
import {terminatedWord} from '../../model/pod.ts'
import type {TimelineEntry} from './report.ts'

type Status = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number]

/** What each container of a Pod has done: the run before, and the present one. */
export function containerEntries(object: ObjectReference, {status}: Pod): readonly TimelineEntry[] {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
  return all.flatMap((each) => [...lastRun(object, each), ...thisRun(object, each)])
}

function lastRun(object: ObjectReference, {name, lastState, restartCount}: Status): readonly TimelineEntry[] {
  const end = lastState?.terminated
  if (!end?.finishedAt) return []
  const times = restartCount === 1 ? 'restarted once' : `restarted ${restartCount ?? 0} times`
  return [
    {
      at: end.finishedAt,
      object,
      what: 'Restart',
      text: `container ${name ?? '<none>'} terminated: ${endText(end)}; ${times} so far`,
      isWarning: end.exitCode !== 0,
    },
  ]
}

function thisRun(object: ObjectReference, {name, state}: Status): readonly TimelineEntry[] {
  const {running, terminated} = state ?? {}
  if (terminated?.finishedAt) {
    const text = `container ${name ?? '<none>'} terminated: ${endText(terminated)}`
    const isWarning = terminated.exitCode !== 0
    return [{at: terminated.finishedAt, object, what: 'Finished', text, isWarning}]
  }
  if (!running?.startedAt) return []
  return [
    {
      at: running.startedAt,
      object,
      what: 'Started',
      text: `container ${name ?? '<none>'} started`,
      isWarning: false,
    },
  ]
}

function endText(end: NonNullable<NonNullable<Status['state']>['terminated']>): string {
  const said = end.message?.trim()
  return `${terminatedWord({...end, exitCode: end.exitCode ?? 0})}, exit code ${end.exitCode ?? '<unknown>'}${said ? `: ${said}` : ''}`
}
