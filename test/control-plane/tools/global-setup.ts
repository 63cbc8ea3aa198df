import {areBinariesBuilt, areBinariesRequired, NOT_BUILT} from './binaries.ts'

/** Says once why the tests of the control plane are skipped. */
export default function setup(): void {
  if (areBinariesBuilt()) return
  if (areBinariesRequired()) throw new Error(NOT_BUILT)
  console.log(NOT_BUILT)
}
