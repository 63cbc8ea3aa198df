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
  /** How many those are in all, where it is chance whether some use up the room that others want. */
  readonly total?: {readonly least: number; readonly most: number}
  /** So many more go down at the same time: the next round says of whom it is chance. */
  readonly also?: number
}

/** Who gets a Pod that never works keeps the room that he has: who that is, is chance. */
export interface Chance {
  /** So many fewer than there are in the end may have been replaced. */
  readonly fewer: number
  /** So many more than in the end may be down. */
  readonly worse: number
  /** For so many of these nodes. */
  readonly room: number
  readonly nodes: readonly string[]
  /** Those where an old Pod may be replaced. */
  readonly mayGo: readonly string[]
  /** Nobody knows who keeps the old revision. */
  readonly isOpen: boolean
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
  /** It is chance how far it comes. */
  readonly chance?: Chance
}
