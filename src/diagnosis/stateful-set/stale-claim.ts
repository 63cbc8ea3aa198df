import {nameOf, namespaceOf, type PersistentVolumeClaim} from '../../model/objects.ts'
import {claimName, podName, templateNames} from '../../model/stateful-set.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {OrdinalSubject} from '../subjects.ts'

export const causes = {
  'create-pvc-stale-owner': {
    title: 'claim belongs to a former Pod',
    applies: ['StatefulSet'],
    sign: 'The retention policy is `whenScaled: Delete`, the ordinal is missing, and its claim has an owner: a Pod of the same name with another UID. The controller waits until the garbage collector has deleted the claim; no event.',
    remedy:
      'Wait. To keep the data, take that entry out of `metadata.ownerReferences` of the claim before the collector comes.',
    risk: 'as long as nothing is done the claim is about to be deleted, and its data with it',
  },
} satisfies Causes

/**
 * With whenScaled Delete a claim belongs to its Pod, and goes with it. While it is still there, and belongs to an earlier
 * Pod of the name, the controller creates no new one, and says nothing (PodClaimIsStale, 1.23 to 1.37).
 */
export const staleClaim: Rule<OrdinalSubject> = ({set, ordinal: {ordinal, pod, state}, relations}) => {
  const policy = set.spec?.persistentVolumeClaimRetentionPolicy?.whenScaled
  if (pod || state !== 'desired' || policy !== 'Delete' || !relations.seesPodsOf(set)) return undefined
  const name = podName(set, ordinal)
  if (relations.pod(namespaceOf(set), name)) return undefined
  const found = templateNames(set)
    .map((template) => relations.claim(namespaceOf(set), claimName(template, set, ordinal)))
    .filter((claim) => claim !== undefined && !claim.metadata?.deletionTimestamp)
    .map((claim) => ({claim, index: ownerIndex(claim, name)}))
    .find(({index}) => index >= 0)
  const {claim, index = 0} = found ?? {}
  if (!claim) return undefined
  const uid = claim.metadata?.ownerReferences?.[index]?.uid ?? ''
  return {
    id: 'create-pvc-stale-owner',
    severity: 'warning',
    message: `Claim ${nameOf(claim)} belongs to an earlier Pod, and ${name} is created only after the garbage collector has deleted it`,
    object: {kind: 'PersistentVolumeClaim', namespace: namespaceOf(set), name: nameOf(claim)},
    evidence: [
      `pvc/${nameOf(claim)} metadata.ownerReferences: Pod ${name} of another uid, which does not exist`,
      `statefulset/${nameOf(set)} spec.persistentVolumeClaimRetentionPolicy.whenScaled=Delete`,
    ],
    selfHealing: 'maybe',
    remedy: remedyOf(claim, index, uid),
  }
}

function ownerIndex(claim: PersistentVolumeClaim | undefined, pod: string): number {
  return (claim?.metadata?.ownerReferences ?? []).findIndex(
    ({kind, apiVersion, name}) => kind === 'Pod' && apiVersion === 'v1' && name === pod,
  )
}

/** The test keeps the patch from removing another owner than the one that was seen. */
function remedyOf(claim: PersistentVolumeClaim, index: number, uid: string): Finding['remedy'] {
  const [namespace, name] = [namespaceOf(claim), nameOf(claim)]
  const path = `/metadata/ownerReferences/${index}`
  const patch = JSON.stringify([
    {op: 'test', path: `${path}/uid`, value: uid},
    {op: 'remove', path},
  ])
  return {
    look: [kubectl('get', 'pvc', '-n', namespace, name, '-o', 'yaml')],
    act: [
      {
        text: 'to keep its data for the new Pod: take the earlier Pod out of its owners now',
        commands: [kubectl('patch', 'pvc', '-n', namespace, name, '--type=json', '-p', patch)],
      },
      {
        text: 'if its data is not needed any more: wait; it takes the garbage collector seconds, unless it does not run or is refused',
        commands: [],
      },
    ],
    risk: causes['create-pvc-stale-owner'].risk,
    avoid: '',
    rung: 1,
  }
}
