import type {Taint} from '../../model/objects.ts'

/** What somebody thinks of doing. */
export type Change =
  | {readonly action: 'drain'; readonly neverReady: readonly string[]}
  | {readonly action: 'lose'; readonly zone?: string; readonly neverReady: readonly string[]}
  | {readonly action: 'scale'; readonly replicas: number; readonly neverReady: readonly string[]}
  | {
      readonly action: 'update'
      readonly partition: number | undefined
      readonly maxUnavailable: number | string | undefined
      readonly neverReady: readonly string[]
    }
  | {readonly action: 'delete'; readonly isOrphaning: boolean; readonly neverReady: readonly string[]}
  | {readonly action: 'taint'; readonly edits: readonly TaintEdit[]; readonly neverReady: readonly string[]}
  | {readonly action: 'label'; readonly edits: readonly LabelEdit[]; readonly neverReady: readonly string[]}
  | {readonly action: 'cordon'; readonly neverReady: readonly string[]}
  | {readonly action: 'join'; readonly neverReady: readonly string[]}

/** Of one node or several. */
export type NodeEdit = Extract<Change, {readonly action: 'taint' | 'label' | 'cordon'}>

export interface TaintEdit {
  readonly taint: Taint & {readonly key: string}
  readonly isRemoved: boolean
}

/** Null takes the label away. */
export interface LabelEdit {
  readonly key: string
  readonly value: string | null
}
