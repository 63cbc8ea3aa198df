import type {Finding} from '../../diagnosis/finding.ts'
import type {MappedOrdinal, MappedWorkload} from '../../reports/map/report.ts'

/** Who is in the way: one of the ordinals, or the set itself; undefined where nobody is. */
export function blockerOf(workload: MappedWorkload): MappedOrdinal | 'itself' | undefined {
  const [first] = workload.findings
  const down = workload.ordinals.filter(isDown)
  if (!first || first.severity === 'info' || down.length === 0) return undefined
  return (
    down.find((ordinal) => ordinal.findings.some((each) => isSame(each, first))) ??
    onIt(first, workload, down)
  )
}

/** It should work and does not. */
export function isDown({state, pod, nameHeldBy}: MappedOrdinal): boolean {
  return state === 'desired' ? nameHeldBy !== null || !pod?.ready : state === 'condemned'
}

function isSame(left: Finding, right: Finding): boolean {
  return (
    left.id === right.id && left.object.kind === right.object.kind && left.object.name === right.object.name
  )
}

/** The ordinal that stands on what the finding is about. */
function onIt(
  {object, blames = []}: Finding,
  {kind}: MappedWorkload,
  down: readonly MappedOrdinal[],
): MappedOrdinal | 'itself' | undefined {
  const names = new Set([object, ...blames].map((each) => `${each.kind}/${each.name}`))
  const found = down.find((ordinal) => groundOf(ordinal).some((name) => names.has(name)))
  return found ?? (object.kind === kind ? 'itself' : undefined)
}

function groundOf({pod, nameHeldBy, node, claims}: MappedOrdinal): readonly string[] {
  return [
    ...[pod, nameHeldBy].map((each) => `Pod/${each?.name}`),
    `Node/${node?.name}`,
    ...claims.flatMap(({name, volume}) => [
      `PersistentVolumeClaim/${name}`,
      `PersistentVolume/${volume?.name}`,
    ]),
  ]
}
