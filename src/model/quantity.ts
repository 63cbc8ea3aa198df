const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const DECIMAL: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
}

/**
 * The number that an API quantity stands for (`5Gi` → 5368709120), after apimachinery's resource.Quantity.
 * Undefined for text that is no quantity. Exact up to 2^53, which is 8 PiB; enough to compare sizes.
 */
export function quantity(text: string | undefined): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([KMGTPE]i|[numkMGTPE]?))$/.exec(text ?? '')
  if (!match) return undefined
  const [, digits = '', exponent, suffix = ''] = match
  if (exponent !== undefined) return Number(digits + exponent)
  const power = BINARY.indexOf(suffix)
  return Number(digits) * (power < 0 ? (DECIMAL[suffix] ?? 1) : 1024 ** (power + 1))
}

/** Whether two quantities are the same amount, however they are written (`1Gi` and `1024Mi`). */
export function sameQuantity(left: string | undefined, right: string | undefined): boolean {
  return left === right || (quantity(left) !== undefined && quantity(left) === quantity(right))
}
