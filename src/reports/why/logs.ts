import {nameOf, namespaceOf, type Pod} from '../../model/objects.ts'
import {isReady} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import type {PodLog} from '../../model/snapshot.ts'
import type {ChainLink} from './report.ts'

type Wanted = Omit<PodLog, 'lines'>

/** The failing container of the first Pod on the chain that has one; nothing where none has ever run. */
export function wantedLogs(chain: readonly ChainLink[], relations: Relations): readonly Wanted[] {
  const pods = chain
    .filter(({kind, state}) => kind === 'Pod' && state !== 'ok')
    .flatMap(({namespace = '', name}) => relations.pod(namespace, name) ?? [])
  return pods.flatMap(failing).slice(0, 1)
}

type Status = NonNullable<NonNullable<Pod['status']>['containerStatuses']>[number]

function failing(pod: Pod): readonly Wanted[] {
  const all = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])]
  const worst = all.find(hasFailed) ?? (isReady(pod) ? undefined : all.find(isUnready))
  if (!worst) return []
  const place = {namespace: namespaceOf(pod), pod: nameOf(pod), container: worst.name}
  return [{...place, previous: isBetweenRuns(worst)}]
}

function hasFailed({state, restartCount = 0, ready}: Status): boolean {
  return (state?.terminated?.exitCode ?? 0) !== 0 || (restartCount > 0 && !ready && !isDone(state))
}

function isDone(state: Status['state']): boolean {
  return state?.terminated?.exitCode === 0
}

function isUnready({state, ready}: Status): boolean {
  return !ready && state?.running !== undefined
}

/** Of one that has terminated for now the log at hand is that of its last run; a new one has little to say yet. */
function isBetweenRuns({restartCount = 0, state}: Status): boolean {
  return restartCount > 0 && !state?.terminated
}
