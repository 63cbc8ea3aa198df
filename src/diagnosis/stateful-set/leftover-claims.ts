import {nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import type {OrdinalClaim} from '../../model/ordinals.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {SetSubject} from '../subjects.ts'
import {FEW, fewText} from '../words.ts'

export const causes = {
  'pvc-leftover': {
    title: 'claims of removed ordinals remain',
    applies: ['StatefulSet'],
    sign: 'Claims exist for ordinals that a scale-down has removed. Scaling up again takes them up with the data that they hold.',
    remedy: 'Keep them if the set may grow again. Those whose data nobody wants can be deleted, one by one.',
    avoid:
      'delete a claim whose data may still be wanted: it is lost, unless the volume has reclaim policy Retain',
    rank: 'aside',
  },
} satisfies Causes

/**
 * Claims of ordinals that a scale-down removed. They cost storage, and a scale-up takes them up again; not those
 * that are being deleted.
 */
export const leftoverClaims: Rule<SetSubject> = ({set, ordinals, relations}) => {
  // without the Pods nobody knows whether they are still in use
  if (!relations.seesPodsOf(set)) return undefined
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
      `statefulset/${nameOf(set)} spec.replicas=${replicasOf(set)}`,
      fewText(names.map((name) => `pvc/${name}`)),
    ],
    selfHealing: 'no',
    remedy: remedyOf(set, names),
  }
}

function replicasOf({spec}: StatefulSet): number {
  return spec?.replicas ?? 1
}

/** To delete claims is the owner's decision, one by one; a set that is parked at 0 is to come back with them. */
function remedyOf(set: StatefulSet, names: readonly string[]): Finding['remedy'] {
  const text =
    replicasOf(set) === 0
      ? 'keep them: the set is parked at 0 replicas, and its claims wait for it'
      : 'keep them if the set may grow again; those whose data nobody wants can be deleted, one by one'
  return {
    look: [kubectl('get', 'pvc', '-n', namespaceOf(set), ...which(set, names))],
    act: [{text, commands: []}],
    risk: '',
    avoid: causes['pvc-leftover'].avoid,
    rung: 0,
  }
}

/** A few claims by their names; many by the labels that the controller gives to all claims of the set. */
function which({spec}: StatefulSet, names: readonly string[]): readonly string[] {
  if (names.length <= FEW) return names
  const labels = Object.entries(spec?.selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`)
  return labels.length > 0 ? ['-l', labels.join(',')] : []
}

function leftoverText(names: readonly string[], where: string): string {
  return names.length === 1
    ? `Claim ${names[0]} is left over from ${where}: scaling up again reuses it with the data that it holds`
    : `${names.length} claims are left over from ${where}: scaling up again reuses them with the data that they hold`
}

/** `ordinal 3`, `ordinals 9…11`, `ordinals 3, 9…11`; of many runs only a few. */
export function ordinalsText(ordinals: readonly number[]): string {
  const runs: number[][] = []
  for (const ordinal of ordinals) {
    const run = runs.at(-1)
    if (run && run.at(-1) === ordinal - 1) run.push(ordinal)
    else runs.push([ordinal])
  }
  const parts = runs.map((run) => (run.length > 2 ? `${run[0]}…${run.at(-1)}` : run.join(', ')))
  return `${ordinals.length === 1 ? 'ordinal' : 'ordinals'} ${fewText(parts, runs.slice(FEW).flat().length)}`
}
