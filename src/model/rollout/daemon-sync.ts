import type {DaemonFacts} from './daemon-facts.ts'
import {type Choice, IDLE, type NextStep, type PodAction} from './next-step.ts'

/** No sync creates more Pods than that, or deletes more (BurstReplicas). */
const BURST = 250

/** What one sync does of what is certain and of what is picked at random; a pick of all is certain. */
export function oneSync(
  {hash}: Pick<DaemonFacts, 'hash'>,
  actions: readonly PodAction[],
  ...picks: readonly Choice[]
): NextStep {
  const parts = (['Create', 'Delete'] as const).map((action) =>
    limited(
      actions.filter((each) => each.action === action),
      picks.find((pick) => pick.action === action) ?? {action, count: 0, from: []},
      hash,
    ),
  )
  const [choose = null, chooseAlso] = parts.map(({choice}) => choice).filter((choice) => choice !== undefined)
  const done = parts.flatMap((part) => part.certain)
  return {...IDLE, actions: done, choose, ...(chooseAlso && {chooseAlso})}
}

/** What is certain comes first; of more than one sync may do, chance decides. */
function limited(
  certain: readonly PodAction[],
  {action, count, from}: Choice,
  hash: string,
): {certain: readonly PodAction[]; choice?: Choice} {
  if (certain.length > BURST) {
    return {certain: [], choice: {action, count: BURST, from: certain.map(candidateOf)}}
  }
  const room = Math.min(count, BURST - certain.length)
  if (room === 0) return {certain}
  if (room < from.length) return {certain, choice: {action, count: room, from}}
  const picked = from.map((candidate) => ({
    action,
    ...candidate,
    ...(action === 'Create' && {revision: hash}),
  }))
  return {certain: [...certain, ...picked]}
}

function candidateOf({nodeName = '', pod}: PodAction): Choice['from'][number] {
  return {nodeName, pod}
}
