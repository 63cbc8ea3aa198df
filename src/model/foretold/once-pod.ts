import {nameOf, namespaceOf, type PersistentVolumeClaim, type Pod} from '../objects.ts'
import {claimsOf} from './claims.ts'
import {type Stage, still, uidOf} from './stage.ts'

/** A claim that only one Pod may mount, and who does by now. */
export interface Taken {
  readonly claim: PersistentVolumeClaim
  readonly holder: Pod
}

/** Mirrors the scheduler's VolumeRestrictions plugin as to ReadWriteOncePod (1.27 to 1.37): any Pod that is on a node holds it. */
export function takenClaim(pod: Pod, stage: Stage): Taken | undefined {
  for (const claim of claimsOf(pod, stage.relations)) {
    if (!claim.spec?.accessModes?.includes('ReadWriteOncePod')) continue
    const holder = holdersOf(claim, stage).find((each) => uidOf(each) !== uidOf(pod))
    if (holder) return {claim, holder}
  }
  return undefined
}

function holdersOf(claim: PersistentVolumeClaim, stage: Stage): readonly Pod[] {
  const known = still(stage.relations.podsMounting(claim), stage).filter(({spec}) => spec?.nodeName)
  const come = stage.comeMounting.get(`${namespaceOf(claim)}/${nameOf(claim)}`) ?? []
  return [...known, ...[...come].map(({pod}) => pod)]
}
