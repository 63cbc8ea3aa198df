import {own} from '../model/own.ts'
import {rankOf} from './causes.ts'
import type {Finding, Severity} from './finding.ts'

/** Whether it is about who is in the way, or about what that stands on. */
export type IsOnTrail = (finding: Finding) => boolean

export const SEVERITY: Readonly<Record<Severity, number>> = {error: 0, warning: 1, info: 2}
/** Of two on the trail what others stand on explains them, never the reverse (causes.md 3). */
const NEARNESS: Readonly<Record<string, number>> = {
  Node: 1,
  PersistentVolume: 1,
  VolumeAttachment: 1,
  StorageClass: 1,
  PersistentVolumeClaim: 2,
  Pod: 4,
}
const ORDER_NEARNESS = 3
const POD_NEARNESS = 4
const FURTHEST = 5

/** How near to what a person must fix: the least is nearest. */
export function nearnessOf({id, object}: Finding): number {
  return rankOf(id) === 'order' ? ORDER_NEARNESS : (own(NEARNESS, object.kind) ?? FURTHEST)
}

/** It says why, not only that. */
export const explains = ({id}: Finding) => rankOf(id) === 'own' || rankOf(id) === 'order'
/** It says more than that a Pod is not ready. */
const isSpecific = (finding: Finding) => explains(finding) || rankOf(finding.id) === 'pointer'

/** On the trail, in trouble, and what Pods stand on. */
export function isBeneath(finding: Finding, isOnTrail: IsOnTrail): boolean {
  const isTrouble = isSpecific(finding) && finding.severity !== 'info'
  return (
    isTrouble && isOnTrail(finding) && nearnessOf(finding) < POD_NEARNESS && rankOf(finding.id) !== 'order'
  )
}
