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

/** Somebody says that the machine is off; a person puts it there, and takes it away. */
export const OUT_OF_SERVICE = 'node.kubernetes.io/out-of-service'

/** A taint as kubectl writes it: `dedicated=gpu:NoSchedule`, `key:NoExecute`. */
export function taintText({key, value, effect}: Taint): string {
  return `${key ?? ''}${value ? `=${value}` : ''}:${effect ?? ''}`
}
