import type {Pod} from './objects.ts'
import {hasCondition, initWord, isTerminal, isTerminating, terminatedWord} from './pod.ts'

/**
 * The word in kubectl's STATUS column. Mirrors printPod in pkg/printers/internalversion/printers.go (1.37);
 * a test on a real API server holds the two against each other.
 */
export function statusWord(pod: Pod): string {
  if (isTerminating(pod)) {
    if (pod.status?.reason === 'NodeLost') return 'Unknown'
    if (!isTerminal(pod)) return 'Terminating'
  }
  const init = initWord(pod)
  if (init !== undefined && !hasCondition(pod, 'Initialized')) return init
  return containersWord(pod, init ?? podWord(pod))
}

function podWord(pod: Pod): string {
  const isGated = pod.status?.conditions?.some(
    ({type, reason}) => type === 'PodScheduled' && reason === 'SchedulingGated',
  )
  return isGated ? 'SchedulingGated' : pod.status?.reason || pod.status?.phase || ''
}

/** The first container with something to say names the Pod; `Completed` beside others is looked at twice. */
function containersWord(pod: Pod, otherwise: string): string {
  const statuses = pod.status?.containerStatuses ?? []
  const words = statuses.map(({state}) => {
    if (state?.waiting?.reason) return state.waiting.reason
    return state?.terminated ? terminatedWord(state.terminated) : undefined
  })
  const word = words.find((each) => each !== undefined) ?? otherwise
  return word === 'Completed' ? completedWord(pod, words) : word
}

function completedWord(pod: Pod, words: readonly (string | undefined)[]): string {
  const statuses = pod.status?.containerStatuses ?? []
  const hasRunning = statuses.some(
    ({ready, state}) => ready && state?.running && !state.waiting?.reason && !state.terminated,
  )
  if (hasRunning && hasCondition(pod, 'Ready')) return 'Running'
  const failed = statuses.findIndex(
    ({state}) => !state?.waiting?.reason && state?.terminated && state.terminated.exitCode !== 0,
  )
  if (failed >= 0) return words[failed] ?? 'Error'
  return hasRunning ? 'NotReady' : 'Completed'
}
