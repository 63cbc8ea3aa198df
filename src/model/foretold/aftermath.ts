import type {Pod, StatefulSet} from '../objects.ts'
import type {Arrival} from './arrivals.ts'
import type {Course} from './course.ts'
import type {World} from './world.ts'

/** What is taken for granted of Pods that come. */
export interface Expectations {
  /** This one never becomes ready, wherever it runs. */
  readonly isNeverReady: (pod: Pod) => boolean
  /** One that was asked to go does; false: nobody is there to end it. */
  readonly leaves: (pod: Pod) => boolean
}

/** What a change makes of the world, and the Pods that have come in its course, or have found a node at last. */
export interface Aftermath {
  readonly world: World
  readonly arrivals: readonly Arrival[]
  readonly courses: readonly Course<StatefulSet>[]
}
