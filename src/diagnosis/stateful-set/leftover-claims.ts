import {isInUse} from '../../model/leftover/claim.ts'
import {nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import {isTakenUpByGrowth, type OrdinalClaim} from '../../model/ordinals.ts'
import {ordinalStart} from '../../model/stateful-set.ts'
import type {Causes} from '../cause.ts'
import type {Finding, Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import type {SetSubject} from '../subjects.ts'
import {FEW, fewText} from '../words.ts'

export const causes = {
  'pvc-leftover': {
    title: 'claims of removed ordinals remain',
    applies: ['StatefulSet'],
    sign: 'Claims exist for ordinals that the set does not want: a scale-down has removed them, or they are below `ordinals.start`. Scaling up again takes up those that are above and have a volumeClaimTemplate, with the data that they hold.',
    remedy:
      'Keep them if the set may grow again. Those that no Pod uses (`Used By` of `kubectl describe pvc`) and whose data nobody wants can be deleted, one by one.',
    avoid:
      'delete a claim whose data may still be wanted: it is lost, unless the volume has reclaim policy Retain',
    rank: 'aside',
  },
} satisfies Causes

/** Claims of ordinals that the set does not want. They cost storage; not those that are being deleted, or have a user. */
export const leftoverClaims: Rule<SetSubject> = ({set, ordinals, relations}) => {
  // without the Pods nobody knows whether they are still in use
  if (!relations.seesPodsOf(set)) return undefined
  const namespace = namespaceOf(set)
  const isKept = ({name}: OrdinalClaim) => {
    const claim = relations.claim(namespace, name)
    return claim !== undefined && !claim.metadata?.deletionTimestamp && !isInUse(claim, relations)
  }
  const left = ordinals.filter(({state, claims}) => state === 'leftover' && claims.some(isKept))
  if (left.length === 0) return undefined
  const names = left.flatMap(({claims}) => claims.filter(isKept).map(({name}) => name))
  const reused = left.flatMap(({ordinal, claims}) =>
    claims.filter((claim) => isKept(claim) && isTakenUpByGrowth(set, ordinal, claim)),
  )
  const where = ordinalsText(left.map(({ordinal}) => ordinal))
  return {
    id: 'pvc-leftover',
    severity: 'info',
    message: `${leftText(names, where)}: ${reuseText(names.length, reused.length)}`,
    object: {kind: 'StatefulSet', namespace, name: nameOf(set)},
    evidence: [`statefulset/${nameOf(set)} ${sizeText(set)}`, fewText(names.map((name) => `pvc/${name}`))],
    selfHealing: 'no',
    remedy: remedyOf(set, names, reused.length),
  }
}

function replicasOf({spec}: StatefulSet): number {
  return spec?.replicas ?? 1
}

/** To delete claims is the owner's decision, one by one; a set that is parked at 0 is to come back with them. */
function remedyOf(set: StatefulSet, names: readonly string[], reused: number): Finding['remedy'] {
  const text =
    replicasOf(set) === 0 && reused === names.length
      ? 'keep them: the set is parked at 0 replicas, and its claims wait for it'
      : `${reused > 0 ? 'keep them if the set may grow again; ' : ''}those that no Pod uses (\`Used By\`) and whose data nobody wants can be deleted, one by one`
  return {
    look: [kubectl('describe', 'pvc', '-n', namespaceOf(set), ...which(set, names))],
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

function leftText(names: readonly string[], where: string): string {
  return names.length === 1
    ? `Claim ${names[0]} is left over from ${where}`
    : `${names.length} claims are left over from ${where}`
}

function reuseText(count: number, reused: number): string {
  if (reused === 0) return `scaling up does not reuse ${count === 1 ? 'it' : 'them'}`
  if (reused < count)
    return `scaling up again reuses ${reused} of them with the data that ${reused === 1 ? 'it holds' : 'they hold'}`
  return `scaling up again reuses ${count === 1 ? 'it with the data that it holds' : 'them with the data that they hold'}`
}

function sizeText(set: StatefulSet): string {
  const start = ordinalStart(set)
  return `spec.replicas=${replicasOf(set)}${start > 0 ? `, spec.ordinals.start=${start}` : ''}`
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
