import {listed} from '../../model/listed.ts'
import type {Spared} from '../../reports/leftovers/report.ts'
import {bytes} from '../human.ts'
import {leftoverName} from './leftovers-columns.ts'

const FEW = 3

/** What looks left over and is not, a sentence for each reason: `3 of 30Gi in shop kept for StatefulSet/db, which has 0 replicas: pvc/….` */
export function sparedTexts(all: readonly Spared[]): readonly string[] {
  const groups = Map.groupBy(all, (each) => (each.by === null ? each.reason : each))
  return [...groups.values()].flatMap((group) => (group[0] ? [sparedText(group[0], group)] : []))
}

function sparedText({reason, by, objects: [first]}: Spared, group: readonly Spared[]): string {
  const names = group.flatMap(({kind, objects}) => objects.map(({name}) => leftoverName({kind, name})))
  const count = group.reduce((sum, each) => sum + each.bytes, 0)
  const size = count > 0 ? ` of ${bytes(count)}` : ''
  const where = by !== null && first?.namespace ? ` in ${first.namespace}` : ''
  return `${names.length}${size}${where} ${WORDS[reason](by ?? '')}: ${listed(names, FEW)}.`
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
