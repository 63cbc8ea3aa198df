import {nameOf, namespaceOf} from '../../model/objects.ts'
import type {OrdinalClaim} from '../../model/ordinals.ts'
import {kubectl} from '../command-line.ts'
import type {Rule} from '../finding.ts'
import type {SetSubject} from '../subjects.ts'

/**
 * Claims of ordinals that a scale-down removed. They cost storage, and a scale-up takes them up again; not those
 * that are being deleted.
 */
export const leftoverClaims: Rule<SetSubject> = ({set, ordinals, relations}) => {
  // without the Pods nobody knows whether they are still in use
  if (!relations.sees('pods')) return undefined
  const namespace = namespaceOf(set)
  const isKept = ({name}: OrdinalClaim) => !relations.claim(namespace, name)?.metadata?.deletionTimestamp
  const left = ordinals.filter(({state, claims}) => state === 'leftover' && claims.some(isKept))
  if (left.length === 0) return undefined
  const names = left.flatMap(({claims}) => claims.filter(isKept).map(({name}) => name))
  const where = ordinalsText(left.map(({ordinal}) => ordinal))
  return {
    id: 'pvc-leftover',
    severity: 'info',
    message: leftoverText(names, where),
    object: {kind: 'StatefulSet', namespace, name: nameOf(set)},
    evidence: [
      `statefulset/${nameOf(set)} spec.replicas=${set.spec?.replicas ?? 1}`,
      `pvc/${names.join(', pvc/')}`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [
        kubectl('get', 'pvc', '-n', namespace, ...names),
        kubectl('delete', 'pvc', '-n', namespace, ...names),
      ],
      advice: 'keep them if the set may grow again, delete them if their data is not wanted',
      danger: 'deleting a claim destroys its data, unless the volume has reclaim policy Retain',
      rung: 6,
    },
  }
}

function leftoverText(names: readonly string[], where: string): string {
  return names.length === 1
    ? `Claim ${names[0]} is left over from ${where}: scaling up again reuses it with the data that it holds`
    : `${names.length} claims are left over from ${where}: scaling up again reuses them with the data that they hold`
}

/** `ordinal 3`, `ordinals 9…11`, `ordinals 3, 9…11`. */
export function ordinalsText(ordinals: readonly number[]): string {
  const runs: number[][] = []
  for (const ordinal of ordinals) {
    const run = runs.at(-1)
    if (run && run.at(-1) === ordinal - 1) run.push(ordinal)
    else runs.push([ordinal])
  }
  const parts = runs.map((run) => (run.length > 2 ? `${run[0]}…${run.at(-1)}` : run.join(', ')))
  return `${ordinals.length === 1 ? 'ordinal' : 'ordinals'} ${parts.join(', ')}`
}
