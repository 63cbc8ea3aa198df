import type {Relations} from '../../model/relations.ts'
import type {NextStep} from '../../model/rollout/next-step.ts'
import type {StatefulSetFacts} from '../../model/rollout/stateful-set-facts.ts'
import type {SlotBlocker} from './blocker.ts'

/** What rules about a StatefulSet's rollout look at. */
export interface RolloutSubject {
  readonly facts: StatefulSetFacts
  readonly next: NextStep
  /** The ordinal that the controller waits for, where something is wrong with it. */
  readonly blocker: SlotBlocker | undefined
  readonly relations: Relations
}
