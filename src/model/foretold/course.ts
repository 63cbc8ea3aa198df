import type {PersistentVolumeClaim, Pod} from '../objects.ts'
import type {Choice, PodAction, Wait} from '../rollout/next-step.ts'

/** One sync that does something, and what it leaves without a Pod at work until the next one. */
export interface Round {
  readonly actions: readonly PodAction[]
  /** Names of the Pods, or of the nodes of a DaemonSet, that are down when it is done. */
  readonly unavailable: readonly string[]
  /** Where it is chance whom it does this to: the actions are one of the ways. */
  readonly choices?: readonly Choice[]
  /** So many times, one after the other, until it has been done to all of whom it is chance. */
  readonly times?: number
}

interface Place {
  /** Null: one that nobody can foretell. */
  readonly nodeName: string | null
  /** It becomes available there. */
  readonly isReady: boolean
}

/** What comes of a Pod that a controller creates or deletes, when all the time in the world has passed. */
export interface Fates {
  /** Where it goes; undefined: nowhere, or it stays as it is. */
  readonly placed: (pod: Pod) => Place | undefined
  /** It goes when it is asked to; false where nobody is there who could end it. */
  readonly leaves: (pod: Pod) => boolean
  /** A Pod that is none of the set's keeps that claim. */
  readonly isHeld?: (claim: PersistentVolumeClaim) => boolean
}

/** What one controller does from now on, sync by sync, until it waits for what does not come by itself. */
export interface Course<Set> {
  readonly rounds: readonly Round[]
  /** Null: it has nothing left to do. */
  readonly waitsFor: Wait | null
  /** What is there in the end. */
  readonly set: Set
  readonly pods: readonly Pod[]
}
