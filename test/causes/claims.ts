import type {CapturedCauses} from './captured-cause.ts'
import {growingClaims} from './claims-growing.ts'
import {leavingClaims} from './claims-leaving.ts'
import {pendingClaims} from './claims-pending.ts'
import {claimedVolumes} from './claims-volumes.ts'

export const claims: CapturedCauses = {
  ...pendingClaims,
  ...claimedVolumes,
  ...leavingClaims,
  ...growingClaims,
}
