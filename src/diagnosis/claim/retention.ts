import {nameOf, namespaceOf, type PersistentVolumeClaim} from '../../model/objects.ts'
import {podName} from '../../model/stateful-set.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {ClaimSubject, SetSubject} from '../subjects.ts'
import {FEW, fewText} from '../words.ts'
import {claimFinding} from './claim-finding.ts'

export const causes = {
  'pvc-retention-delete-on-scale': {
    title: 'scaling down deletes claims',
    applies: ['StatefulSet', 'PersistentVolumeClaim'],
    sign: '`persistentVolumeClaimRetentionPolicy.whenScaled` is `Delete`: claims of removed ordinals get their Pod as owner, and go after it.',
    remedy: 'To keep them, set it to `Retain` before you scale down.',
    risk: 'data of a claim that is deleted is lost, unless its volume has reclaim policy Retain',
  },
  'pvc-retention-foreign-controller': {
    title: 'claim has a foreign owner',
    applies: ['StatefulSet', 'PersistentVolumeClaim'],
    sign: 'The set has the event `ConflictingController` (1.31 and newer): another controller owns the claim, and the retention policy does not apply to it.',
    remedy: 'Look at `metadata.ownerReferences` of the claim, and correct it if nobody means it.',
    risk: 'the claim is deleted with the last of its owners, and its data with it',
    rank: 'aside',
  },
} satisfies Causes

const RETAIN = JSON.stringify({spec: {persistentVolumeClaimRetentionPolicy: {whenScaled: 'Retain'}}})

/** A scale-down is under way, and claims go with the Pods that it takes away: the last moment to keep their data. */
export const deletedOnScale: Rule<SetSubject> = ({set, ordinals, relations}) => {
  if (set.spec?.persistentVolumeClaimRetentionPolicy?.whenScaled !== 'Delete') return undefined
  const namespace = namespaceOf(set)
  const claims = ordinals
    .filter(({state}) => state === 'condemned')
    .flatMap(({claims}) => claims.filter(({template}) => template !== undefined))
    .flatMap(({name}) => relations.claim(namespace, name) ?? [])
  if (claims.length === 0) return undefined
  const isOne = claims.length === 1
  const which = `${isOne ? 'claim' : 'claims'} ${fewText(claims.map(nameOf))} with ${isOne ? 'its Pod' : 'their Pods'}`
  return {
    id: 'pvc-retention-delete-on-scale',
    severity: 'error',
    message: `The scale-down of StatefulSet ${nameOf(set)} deletes ${which}`,
    object: {kind: 'StatefulSet', namespace, name: nameOf(set)},
    evidence: [
      `statefulset/${nameOf(set)} spec.persistentVolumeClaimRetentionPolicy.whenScaled=Delete`,
      fewText(claims.map((claim) => `pvc/${nameOf(claim)}`)),
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'pvc', '-n', namespace, ...claims.slice(0, FEW).map(nameOf))],
      act: [
        {
          text: 'to keep the claims, also after later scale-downs: set whenScaled to Retain now',
          commands: [kubectl('patch', 'sts', '-n', namespace, nameOf(set), '-p', RETAIN)],
        },
        {text: 'if the data is not needed any more: wait', commands: []},
      ],
      risk: causes['pvc-retention-delete-on-scale'].risk,
      avoid: '',
      rung: 1,
    },
  }
}

type Owner = NonNullable<NonNullable<PersistentVolumeClaim['metadata']>['ownerReferences']>[number]

/** Somebody else owns the claim, so that the set's retention policy leaves it alone (an event says so from 1.31). */
export const foreignController: Rule<ClaimSubject> = (subject) => {
  const {claim, of, namespace, name} = subject
  const {whenDeleted = 'Retain', whenScaled = 'Retain'} =
    of?.set.spec?.persistentVolumeClaimRetentionPolicy ?? {}
  if (!claim || !of || of.ordinalClaim.template === undefined) return undefined
  if (whenDeleted !== 'Delete' && whenScaled !== 'Delete') return undefined
  const owner = claim.metadata?.ownerReferences?.find((each) => isForeign(each, of))
  if (!owner) return undefined
  const whose = `${owner.kind ?? ''} ${owner.name ?? ''}`
  return claimFinding(subject, {
    id: 'pvc-retention-foreign-controller',
    severity: 'warning',
    message: `${isOurName(owner, of) ? `An earlier ${whose}` : whose} owns claim ${name}, so the retention policy of StatefulSet ${nameOf(of.set)} does not apply to it`,
    evidence: [
      `pvc/${name} metadata.ownerReferences has ${whose}, uid ${owner.uid ?? ''}`,
      `statefulset/${nameOf(of.set)} spec.persistentVolumeClaimRetentionPolicy whenDeleted=${whenDeleted}, whenScaled=${whenScaled}`,
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('get', 'pvc', '-n', namespace, name, '-o', 'yaml')],
      act: [
        {
          text: 'find out who should own the claim, and take the other one out of its ownerReferences',
          commands: [],
        },
      ],
      risk: causes['pvc-retention-foreign-controller'].risk,
      avoid: '',
      rung: 0,
    },
  })
}

/** Mirrors hasUnexpectedController in pkg/controller/statefulset/stateful_set_utils.go (1.37). */
function isForeign(owner: Owner, of: NonNullable<ClaimSubject['of']>): boolean {
  const {set, ordinal} = of
  if (!isOurName(owner, of)) return owner.controller === true
  if (owner.kind === 'StatefulSet') return owner.uid !== set.metadata?.uid
  // of a Pod that is not there the new one's UID is yet to be seen
  return ordinal.pod !== undefined && owner.uid !== ordinal.pod.metadata?.uid
}

function isOurName(
  {apiVersion, kind, name}: Owner,
  {set, ordinal}: NonNullable<ClaimSubject['of']>,
): boolean {
  if (kind === 'StatefulSet') return apiVersion === 'apps/v1' && name === nameOf(set)
  return kind === 'Pod' && apiVersion === 'v1' && name === podName(set, ordinal.ordinal)
}
