import type {MappedClaim, MappedIdentity, MappedSpread} from '../../reports/map/report.ts'
import {unpublished} from '../views/map-identity-columns.ts'
import {losingText} from '../views/map-spread.ts'
import {usageText} from '../views/map-usage-columns.ts'
import type {Shade} from './cells.ts'

/** Something that a picture says of an ordinal beside its Pod. */
export interface Fact {
  readonly text: string
  readonly shade: Shade | undefined
}

/** By which name it is found, where that is not as it should be: a Pod that is away, or not ready, says so itself. */
export function nameFact({dnsName, published, reason, ofPod}: MappedIdentity): Fact | undefined {
  if (dnsName !== null && ofPod === false)
    return {text: `name ${dnsName} leads to another address`, shade: 'error'}
  const {text, tone} = unpublished(reason)
  if (published !== false || tone !== 'error' || reason === 'NoServiceName') return undefined
  return {
    text: ['name', dnsName, 'not published', text && `(${text})`].filter(Boolean).join(' '),
    shade: tone,
  }
}

/** `97% used, 300Mi free`; nothing unless it was asked for. */
export function usedText({usage}: MappedClaim): string {
  return usage === undefined ? '' : usageText(usage)
}

/** `losing zone-a leaves 3 of 5`; nothing of a set in one zone, for the picture shows as much. */
export function lossText(spread: MappedSpread | null, desired: number | null): string {
  if (!spread || desired === null || desired < 2 || spread.zoneless > 0 || spread.zones.length < 2) return ''
  return losingText(spread.zones, desired) || ''
}
