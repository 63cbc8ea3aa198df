import type {Finding} from '../../diagnosis/finding.ts'
import type {ObjectReference} from '../../model/objects.ts'
import type {Wait} from '../../model/rollout/next-step.ts'
import type {ReportHeader} from '../report.ts'

/*
 * The contract of `what-if -o json`. Null: there is none, or it was not seen. Nothing of it has happened, and nothing was done.
 */

export interface WhatIfReport extends ReportHeader<'WhatIfReport'> {
  readonly question: {
    readonly action: WhatIfAction
    readonly objects: readonly ObjectReference[]
  }
  /** What is taken for granted, in sentences. */
  readonly assumptions: readonly string[]
  readonly steps: readonly WhatIfStep[]
  readonly end: WhatIfEnd
  /** What can't be had back, worst first. */
  readonly losses: readonly Loss[]
  /** What would be wrong, by the catalog of causes. */
  readonly findings: readonly Finding[]
  /** Pods that something happens to. */
  readonly pods: readonly PodFate[]
  readonly workloads: readonly WorkloadFate[]
  /** DaemonSets that would count otherwise. */
  readonly daemonSets: readonly DaemonSetChange[]
  /** Names of volumes that no node would reach. */
  readonly volumesOutOfReach: readonly string[]
  /** What would do it, and nothing does here. */
  readonly command: {readonly text: string; readonly danger: string} | null
}

type WhatIfAction = 'drain' | 'lose' | 'scale' | 'update' | 'delete' | 'taint' | 'label' | 'cordon' | 'join'

export interface WhatIfStep {
  /** From 1. All of one round happens side by side, unless its actions say in which order. */
  readonly round: number
  /** What has to come first; null where it goes on by itself. */
  readonly waitsFor: string | null
  readonly actions: readonly StepAction[]
  /** Chance decides: so many of these. The actions are one of the ways. */
  readonly choices: readonly StepChoice[]
  /** So many times, one after the other: 1, but where chance decides again and again, as often as there may be room. */
  readonly times: number
  /** Names of Pods, or of the nodes of a DaemonSet, that are down meanwhile. */
  readonly unavailable: readonly string[]
}

export interface StepAction {
  readonly action: 'Evict' | 'Terminate' | 'Delete' | 'Create'
  readonly kind: 'Pod' | 'PersistentVolumeClaim'
  readonly namespace: string
  /** Null for a Pod whose name the API server makes up. */
  readonly name: string | null
  readonly ordinal: number | null
  readonly revision: string | null
  /** Where it is; null where it is on no node, or where nobody can foretell which. */
  readonly nodeName: string | null
}

export interface StepChoice {
  readonly action: StepAction['action']
  readonly count: number
  readonly from: readonly string[]
  /** How many these are in all, one after the other; absent where all of them are, or it is done once. */
  readonly total?: {readonly least: number; readonly most: number}
}

export interface WhatIfEnd {
  /**
   * `Done`: as it is wished, and everything is at work again. `Short`: as it is wished, and something is missing for good.
   * `Stopped`: it goes on only when somebody acts. `Unknown`: not enough was seen.
   */
  readonly state: 'Done' | 'Short' | 'Stopped' | 'Unknown'
  /** In one sentence, the worst first. */
  readonly message: string
  readonly waitsFor: Wait | null
}

export interface Loss {
  readonly kind: 'PersistentVolumeClaim' | 'PersistentVolume' | 'Pod'
  readonly namespace: string | null
  readonly name: string
  /** Whether the data itself is destroyed; null where that was not seen. */
  readonly destroysData: boolean | null
  /** It was made for one Pod alone, and is meant to go with it. */
  readonly isEphemeral: boolean
  readonly message: string
}

export interface PodFate {
  readonly namespace: string
  readonly name: string
  readonly owner: ObjectReference | null
  /** Where it is now; null where it is nowhere. */
  readonly nodeName: string | null
  /** `Deleted`: somebody would create it again, as far as anybody does; `Removed`: it is not wanted any more. */
  readonly fate:
    | 'Evicted'
    | 'Refused'
    | 'Left'
    | 'Terminating'
    | 'Deleted'
    | 'Removed'
    | 'Created'
    | 'Staying'
  /** Flags that `kubectl drain` wants because of it. */
  readonly wants: readonly string[]
  /** Names of Pods of which enough have to be at work before: otherwise nothing is done to it. */
  readonly onlyIf: readonly string[]
  /** Whether it, or another in its place, would be at work again; null where nothing tells. */
  readonly returns: 'Yes' | 'Maybe' | 'No' | 'Never' | null
  /** Nodes that could take it back, 100 at most; null where that was not seen, or nothing takes it anywhere. */
  readonly nodes: readonly string[] | null
  /** There are more of them than are named. */
  readonly hasMoreNodes: boolean
  /** In one sentence: who refuses, or what it looks for in vain. */
  readonly message: string | null
}

export interface WorkloadFate {
  readonly kind: 'StatefulSet' | 'DaemonSet'
  readonly namespace: string
  readonly name: string
  readonly desired: number
  /** How many are ready now, at the worst moment, and in the end: at the least, without those that may find no node, and at the most. */
  readonly ready: {
    readonly before: number
    readonly lowest: number
    readonly end: number
    readonly endAtMost: number
  }
  readonly zones: readonly ZoneFate[]
  /** What of the API waits for; null where it has nothing left to do. */
  readonly waitsFor: string | null
}

export interface ZoneFate {
  /** Null: nodes without a zone, or nobody can foretell which. */
  readonly zone: string | null
  readonly before: number
  readonly end: number
}

export interface DaemonSetChange {
  readonly namespace: string
  readonly name: string
  readonly desired: {readonly before: number; readonly after: number}
  readonly misscheduled: {readonly before: number; readonly after: number}
  readonly available: {readonly before: number; readonly after: number}
  /** Nodes that it comes to, and that it leaves. */
  readonly joins: readonly string[]
  readonly leaves: readonly string[]
}
