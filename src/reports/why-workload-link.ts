import type {RolledWorkload, RolloutStatus} from './rollout-report.ts'
import {inNamespace} from './why-links.ts'
import type {ChainLink, LinkState} from './why-report.ts'

const STATES: Readonly<Record<RolloutStatus, LinkState>> = {
  Complete: 'ok',
  Held: 'ok',
  Waiting: 'waiting',
  Progressing: 'waiting',
  Stalled: 'waiting',
  Unknown: 'unknown',
}

/** A set in one line; stalled it waits for another link, and that one is broken. */
export function workloadLink({kind, namespace, name, counts, status, reason}: RolledWorkload): ChainLink {
  const {desired, ready, updated} = counts
  const share = (count: number | null) => `${count ?? '<unknown>'}/${desired ?? '<unknown>'}`
  const isSaid = status === 'Held' || status === 'Waiting' || status === 'Unknown'
  const isShort = ready !== null && desired !== null && ready < desired
  return {
    ...inNamespace(kind, namespace, name),
    state: STATES[status] === 'ok' && isShort ? 'waiting' : STATES[status],
    text: `${status}, ${share(ready)} ready, ${share(updated)} updated${isSaid && reason ? `: ${reason}` : ''}`,
  }
}
