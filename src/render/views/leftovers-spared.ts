import type {Spared} from '../../reports/leftovers/report.ts'
import {bytes} from '../human.ts'
import {leftoverName} from './leftovers-columns.ts'

const FEW = 3

/** What looks left over and is not, in a sentence: `3 of 30Gi wait for StatefulSet/db, which has 0 replicas: pvc/…`. */
export function sparedText({kind, reason, by, objects, bytes: count}: Spared): string {
  const names = objects.slice(0, FEW).map(({name}) => leftoverName({kind, name}))
  const more = objects.length - names.length
  const list = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const size = count > 0 ? ` of ${bytes(count)}` : ''
  const where = objects[0]?.namespace ? ` in ${objects[0].namespace}` : ''
  return `${objects.length}${size}${by === null ? '' : where} ${WORDS[reason](by ?? '')}: ${list}.`
}

const WORDS: Readonly<Record<Spared['reason'], (by: string) => string>> = {
  Parked: (by) => `kept for ${by}, which has 0 replicas`,
  OtherOwner: (by) => `kept for ${by}, whose rules are not known here`,
  ForeignLabel: (by) =>
    `labelled ${by} by something that is not known here, and may still want what it has labelled`,
  Recent: () => 'created, used or released a moment ago',
  Terminating: () =>
    'being deleted already (what stays is kept by a finalizer, or by a node that does not answer)',
}
