import {areBinariesBuilt, areBinariesRequired, NOT_BUILT} from './binaries.ts'
import {countRequests} from './request-counts.ts'

/** Says once why the tests of the control plane are skipped, or what the plugin has asked of all control planes. */
export default function setup(): (() => void) | undefined {
  if (areBinariesBuilt()) return countRequests()
  if (areBinariesRequired()) throw new Error(NOT_BUILT)
  console.log(NOT_BUILT)
  return undefined
}
