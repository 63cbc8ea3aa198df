import type {Relations} from '../../../model/relations.ts'
import type {NextStep} from '../../../model/rollout/next-step.ts'
import type {Slot, StatefulSetFacts} from '../../../model/rollout/stateful-set-facts.ts'
import type {Trouble} from '../../trouble.ts'

/** An ordinal that the rollout can't do without, and what is wrong with it. */
export interface SlotBlocker {
  readonly slot: Slot
  readonly trouble: Trouble
}

/** What rules about a StatefulSet's rollout look at. */
export interface RolloutSubject {
  readonly facts: StatefulSetFacts
  readonly next: NextStep
  /** The ordinal that the controller waits for, where something is wrong with it. */
  readonly blocker: SlotBlocker | undefined
  readonly relations: Relations
}
