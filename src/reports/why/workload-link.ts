import type {RolledWorkload, RolloutState} from '../rollout/report.ts'
import {inNamespace} from './links.ts'
import type {ChainLink, LinkState} from './report.ts'

const STATES: Readonly<Record<RolloutState, LinkState>> = {
  Complete: 'ok',
  Held: 'ok',
  Waiting: 'waiting',
  Progressing: 'waiting',
  Stalled: 'waiting',
  Unknown: 'unknown',
}

/** A set in one line; stalled it waits for another link, and that one is broken. */
export function workloadLink({kind, namespace, name, counts, state, reason}: RolledWorkload): ChainLink {
  const {desired, ready, updated} = counts
  const share = (count: number | null) => `${count ?? '<unknown>'}/${desired ?? '<unknown>'}`
  const isSaid = state === 'Held' || state === 'Waiting' || state === 'Unknown' || updated === null
  const isShort = ready !== null && desired !== null && ready < desired
  return {
    ...inNamespace(kind, namespace, name),
    state: STATES[state] === 'ok' && isShort ? 'waiting' : STATES[state],
    text: `${state}, ${share(ready)} ready, ${share(updated)} updated${isSaid && reason ? `: ${reason}` : ''}`,
  }
}
