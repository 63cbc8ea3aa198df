import type {CapturedCauses} from './captured-cause.ts'
import {claims} from './claims.ts'
import {creation} from './creation.ts'
import {daemons} from './daemons.ts'
import {ownedDaemons} from './daemons-owned.ts'
import {kubelet} from './kubelet.ts'
import {nodes} from './nodes.ts'
import {scheduling} from './scheduling.ts'
import {sets} from './sets.ts'

export const causes: CapturedCauses = {
  ...sets,
  ...creation,
  ...scheduling,
  ...claims,
  ...nodes,
  ...kubelet,
  ...daemons,
  ...ownedDaemons,
}
