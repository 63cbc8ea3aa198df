const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
}

/**
 * The number that an API quantity stands for (`5Gi` → 5368709120), after apimachinery's resource.Quantity: what
 * is finer than 10⁻⁹ is rounded up. Undefined for text that is no quantity. Counted in whole numbers, so that
 * equal amounts are equal however they are written; exact up to 2^53, which is 8 PiB.
 */
export function quantity(text: string | undefined): number | undefined {
  const match = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d+)|([KMGTPE]i|[numkMGTPE]?))$/.exec(text ?? '')
  if (!match) return undefined
  const [, sign, digits = '', exponent, suffix = ''] = match
  const [whole = '', fraction = ''] = digits.split('.')
  const power = BINARY.indexOf(suffix)
  const units = BigInt(whole + fraction) * 1024n ** BigInt(power + 1)
  const tens = exponent === undefined ? (DECIMAL[suffix] ?? 0) : clamped(Number(exponent))
  const amount = ofNanos(shifted(units, 9 + tens - fraction.length))
  return sign === '-' ? -amount : amount
}

/** Whether two quantities are the same amount, however they are written (`1Gi` and `1024Mi`). */
export function sameQuantity(left: string | undefined, right: string | undefined): boolean {
  return left === right || (quantity(left) !== undefined && quantity(left) === quantity(right))
}

/** No storage needs more; a hostile exponent must not cost time. */
function clamped(exponent: number): number {
  return Math.max(-30, Math.min(30, exponent))
}

function shifted(units: bigint, tens: number): bigint {
  if (tens >= 0) return units * 10n ** BigInt(tens)
  const divisor = 10n ** BigInt(-tens)
  return (units + divisor - 1n) / divisor
}

function ofNanos(nanos: bigint): number {
  return nanos % 1_000_000_000n === 0n ? Number(nanos / 1_000_000_000n) : Number(nanos) / 1e9
}
