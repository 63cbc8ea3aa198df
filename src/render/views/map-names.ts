import type {MappedClaim} from '../../reports/map/report.ts'
import type {MapNames, MapRow} from './map-rows.ts'
import {commonDomain, withoutDomain} from './node-names.ts'

/** Without what follows from the rest of the row, from the heading, or from what Kubernetes makes of a template. */
export function shortNames(rows: readonly MapRow[]): MapNames {
  const claimsByHand = new Set(
    rows.flatMap(({claim}) => (claim && claim.template === null ? [claim.name] : [])),
  )
  return {
    node: withoutDomain(domainOfNodes(rows)),
    volume: shortVolume(rows),
    claim: (claim, row) =>
      claim.template !== null && follows(claim, row) && !claimsByHand.has(claim.template)
        ? claim.template
        : claim.name,
    pod: (name, row) => (name === podName(row) ? '' : name),
  }
}

/** What all nodes of the rows end with. */
export function domainOfNodes(rows: readonly MapRow[]): string {
  return commonDomain(rows.flatMap(({ordinal: {node}}) => (node ? [node.name] : [])))
}

/** `<set>-<ordinal>`; undefined for Pods without ordinal. */
function podName({workload, ordinal: {ordinal}}: MapRow): string | undefined {
  return ordinal === null ? undefined : `${workload.name}-${ordinal}`
}

function follows({template, name}: MappedClaim, row: MapRow): boolean {
  return name === `${template}-${podName(row)}`
}

/** Volumes as provisioners of CSI call them; the digits in front nearly always tell them apart. */
const PROVISIONED = /^pvc-([0-9a-f]{8})-[0-9a-f-]{27}$/

function shortVolume(rows: readonly MapRow[]): (name: string) => string {
  const names = new Set(rows.flatMap(({claim}) => (claim?.volume ? [claim.volume.name] : [])))
  const digits = (name: string) => PROVISIONED.exec(name)?.[1] ?? name
  const alike = Map.groupBy(names, digits)
  return (name) => (alike.get(digits(name))?.length === 1 ? digits(name) : name)
}

/** A row whose Pod is not called as its ordinal says, or is not the set's. */
export function isOdd(row: MapRow): boolean {
  const {pod, nameHeldBy} = row.ordinal
  return nameHeldBy !== null || (pod !== null && pod.name !== podName(row))
}
