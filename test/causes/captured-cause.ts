import type {ControlPlane} from '../control-plane/tools/control-plane.ts'

/** Where every situation takes place. */
export const NAMESPACE = 'shop'

/** A situation that real controllers make, and what is to be found in it. */
export interface CapturedCause {
  /** What `why` is asked about: `sts/db`. */
  readonly ask: string
  /** Ids that are found; the first one is the cause. */
  readonly proves: readonly string[]
  /** Ids of what it is easily taken for, and must not be found. */
  readonly not?: readonly string[]
  /** Minutes that the snapshot's clock is ahead: what is new is not trouble yet. */
  readonly later?: number
  /** What lies outside the namespace belongs to the proof. */
  readonly isWhole?: boolean
  /** Beside those that each has. */
  readonly apiServerArgs?: readonly string[]
  /** Brings a fresh cluster, with the empty namespace, into that situation; nobody writes a status by hand. */
  readonly arrange: (api: ControlPlane) => Promise<void>
}

/** Situations by the name of their file. */
export type CapturedCauses = Readonly<Record<string, CapturedCause>>
