import type {NodeRefusal} from '../model/node.ts'
import {taintText} from '../model/taints.ts'

/** After the name of the node. */
export function refusalText({matchesAffinity, isCordoned, taints}: NodeRefusal): string {
  if (!matchesAffinity) return "doesn't match the Pod template's node affinity/selector"
  const reasons = [
    ...(isCordoned ? ['is cordoned'] : []),
    ...(taints.length > 0 ? [`has untolerated taint ${taints.map(taintText).join(', ')}`] : []),
  ]
  return reasons.join(' and ')
}
