import {nameOf, namespaceOf, type PersistentVolumeClaim} from '../../model/objects.ts'
import {claimName, podName, templateNames} from '../../model/stateful-set.ts'
import {kubectl} from '../command-line.ts'
import type {Finding, Rule} from '../finding.ts'
import type {OrdinalSubject} from '../subjects.ts'

/**
 * With whenScaled Delete a claim belongs to its Pod, and goes with it. While it is still there, and belongs to an earlier
 * Pod of the name, the controller makes no new one, and says nothing (PodClaimIsStale, 1.23 to 1.37).
 */
export const staleClaim: Rule<OrdinalSubject> = ({set, ordinal: {ordinal, pod, state}, relations}) => {
  const policy = set.spec?.persistentVolumeClaimRetentionPolicy?.whenScaled
  if (pod || state !== 'desired' || policy !== 'Delete' || !relations.sees('pods')) return undefined
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
    message: `${name} is not made as long as its claim ${nameOf(claim)} belongs to an earlier Pod of that name: the garbage collector is to delete the claim first`,
    object: {kind: 'PersistentVolumeClaim', namespace: namespaceOf(set), name: nameOf(claim)},
    evidence: [
      `pvc/${nameOf(claim)} metadata.ownerReferences: Pod ${name} (uid ${uid || '<none>'}), which does not exist`,
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
    commands: [
      kubectl('get', 'pvc', '-n', namespace, name, '-o', 'yaml'),
      kubectl('patch', 'pvc', '-n', namespace, name, '--type=json', '-p', patch),
    ],
    advice:
      'wait if its data may go: it takes the garbage collector seconds, unless it does not run or is refused; the second command keeps the data for the new Pod',
    danger: 'as long as nothing is done the claim is about to be deleted, and its data with it',
    rung: 1,
  }
}
