import type {Rule} from '../finding.ts'
import {staleClaim} from '../stateful-set/stale-claim.ts'
import type {RolloutSubject} from './subject.ts'

/** The ordinal that the controller waits for has a claim of an earlier Pod. */
export const staleClaimAwaited: Rule<RolloutSubject> = ({facts, next, relations}) => {
  const {reason, ordinal} = next.waitsFor ?? {}
  const slot = facts.slots.find((each) => each.ordinal === ordinal)
  if (reason !== 'Claim' || !slot || slot.pod) return undefined
  return staleClaim({
    set: facts.set,
    ordinal: {ordinal: slot.ordinal, state: 'desired', claims: []},
    relations,
  })
}
