import {nameOf, namespaceOf} from '../../../model/objects.ts'
import {isTerminating} from '../../../model/pod.ts'
import type {NextStep} from '../../../model/rollout/next-step.ts'
import type {StatefulSetFacts} from '../../../model/rollout/stateful-set-facts.ts'
import {QUOTA_EXCEEDED} from '../../creation/limits.ts'
import type {Finding} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {FEW} from '../../words.ts'
import {slotsText} from './words.ts'

/**
 * kubernetes#140858, up to 1.37: what a scale-down is to take away uses up the quota, and is not taken away because the
 * creation that the quota refuses comes first and ends each sync.
 */
export function heldByCondemned(finding: Finding, next: NextStep, facts: StatefulSetFacts): Finding {
  const {set} = facts
  const condemned = facts.condemned.filter(({pod}) => pod && !isTerminating(pod))
  const isOnItsWay = next.actions.some(({action}) => action === 'Delete')
  if (finding.id !== QUOTA_EXCEEDED || condemned.length === 0 || isOnItsWay) return finding
  const names = condemned.map(({name}) => name)
  const isMany = names.length > 1
  const risk = `what a member still has to hand over to the others must be handed over before it is deleted${deletesClaims(facts) ? '; its claims go with it (whenScaled Delete)' : ''}`
  return {
    ...finding,
    message: `${finding.message}; ${slotsText(condemned)}, beyond spec.replicas, ${isMany ? 'count' : 'counts'} in it too, and ${isMany ? 'are' : 'is'} deleted only after this creation`,
    evidence: [
      ...finding.evidence,
      `statefulset/${nameOf(set)} spec.replicas=${facts.slots.length}, and still has ${slotsText(condemned)}`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [
        ...(finding.remedy?.look ?? []),
        kubectl('get', 'pods', '-n', namespaceOf(set), ...names.slice(0, FEW)),
      ],
      act: [
        ...(finding.remedy?.act ?? []),
        {
          text: `if the scale-down to ${facts.slots.length} should stay: delete what is beyond it by hand, which frees the quota; these Pods do not come back`,
          commands: [kubectl('delete', 'pod', '-n', namespaceOf(set), ...names.slice(0, FEW))],
        },
      ],
      risk: [risk, finding.remedy?.risk].filter(Boolean).join('; '),
      avoid: finding.remedy?.avoid ?? '',
      rung: 2,
    },
  }
}

function deletesClaims({set}: StatefulSetFacts): boolean {
  return set.spec?.persistentVolumeClaimRetentionPolicy?.whenScaled === 'Delete'
}
