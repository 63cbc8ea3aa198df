/**
 * An API field that is a number or a percentage of `total`, as a number. Mirrors intstr
 * GetScaledValueFromIntOrPercent (1.37); undefined for a text that is no percentage, which is an error there.
 */
export function scaled(
  value: number | string | undefined,
  total: number,
  round: 'up' | 'down',
): number | undefined {
  if (typeof value !== 'string') return value
  const match = /^(\d+)%$/.exec(value)
  if (!match) return undefined
  const exact = (Number(match[1]) * total) / 100
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact)
}
