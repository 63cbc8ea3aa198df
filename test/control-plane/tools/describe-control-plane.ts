import {describe} from 'vitest'
import {areBinariesBuilt, areBinariesRequired} from './binaries.ts'

/** A `describe` that is skipped where the control plane is not built; where it is required, the tests fail instead. */
export const describeControlPlane = areBinariesBuilt() || areBinariesRequired() ? describe : describe.skip
