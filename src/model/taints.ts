import type {Node, Taint, Toleration} from './objects.ts'

/**
 * Mirrors core/v1 Toleration.ToleratesTaint (1.37) with the gate TaintTolerationComparisonOperators off,
 * which is its default: `Gt` and `Lt` tolerate nothing. `tolerationSeconds` plays no part in matching.
 */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false
  if (toleration.key && toleration.key !== taint.key) return false
  const operator = toleration.operator || 'Equal'
  if (operator === 'Exists') return true
  return operator === 'Equal' && (toleration.value ?? '') === (taint.value ?? '')
}

/** Taints that keep a new Pod off the node: `NoSchedule` and `NoExecute` that no toleration covers. */
export function untoleratedTaints(node: Node, tolerations: readonly Toleration[]): readonly Taint[] {
  return (node.spec?.taints ?? []).filter(
    (taint) =>
      (taint.effect === 'NoSchedule' || taint.effect === 'NoExecute') &&
      !tolerations.some((toleration) => tolerates(toleration, taint)),
  )
}

/**
 * How long a Pod may stay on a node that has these taints, in seconds (GetMatchingTolerations, getMinTolerationTime, 1.27 to 1.37):
 * of each NoExecute taint the first toleration that matches counts, and of those the shortest; 0 where a taint has none.
 */
export function secondsOn(taints: readonly Taint[], tolerations: readonly Toleration[]): number {
  const used = taints
    .filter(({effect}) => effect === 'NoExecute')
    .map((taint) => tolerations.find((each) => tolerates(each, taint)))
  return Math.min(
    Infinity,
    ...used.map((each) => (each ? Math.max(0, each.tolerationSeconds ?? Infinity) : 0)),
  )
}

/** Somebody says that the machine is off; a person puts it there, and takes it away. */
export const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service'

/** A taint as kubectl writes it: `dedicated=gpu:NoSchedule`, `key:NoExecute`. */
export function taintText({key, value, effect}: Taint): string {
  return `${key ?? ''}${value ? `=${value}` : ''}:${effect ?? ''}`
}
