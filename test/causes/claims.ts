import type {CapturedCauses} from './captured-cause.ts'
import {growingClaims} from './claims-growing.ts'
import {pendingClaims} from './claims-pending.ts'
import {restoredClaims} from './claims-restored.ts'
import {terminatingClaims} from './claims-terminating.ts'
import {claimedVolumes} from './claims-volumes.ts'

export const claims: CapturedCauses = {
  ...pendingClaims,
  ...claimedVolumes,
  ...restoredClaims,
  ...terminatingClaims,
  ...growingClaims,
}
