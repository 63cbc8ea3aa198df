/** Known to be absent. */
export const NONE = '<none>'
/** Not seen: it may be there. */
export const UNKNOWN = '<unknown>'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

/** Time between two RFC 3339 times as kubectl's AGE column says it; `<unknown>` where one is missing. */
export function age(since: string | null | undefined, now: string): string {
  if (!since) return UNKNOWN
  return humanDuration((Date.parse(now) - Date.parse(since)) / 1000)
}

/** Mirrors apimachinery duration.HumanDuration (1.37) for a number of seconds. */
export function humanDuration(exact: number): string {
  const seconds = Math.trunc(exact)
  if (Number.isNaN(seconds)) return UNKNOWN
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 2 * MINUTE) return `${seconds}s`
  if (seconds < 10 * MINUTE) return two(seconds, MINUTE, 'm', 1, 's')
  if (seconds < 3 * HOUR) return `${Math.trunc(seconds / MINUTE)}m`
  if (seconds < 8 * HOUR) return two(seconds, HOUR, 'h', MINUTE, 'm')
  if (seconds < 2 * DAY) return `${Math.trunc(seconds / HOUR)}h`
  if (seconds < 8 * DAY) return two(seconds, DAY, 'd', HOUR, 'h')
  if (seconds < 2 * YEAR) return `${Math.trunc(seconds / DAY)}d`
  if (seconds < 8 * YEAR) return two(seconds, YEAR, 'y', DAY, 'd')
  return `${Math.trunc(seconds / YEAR)}y`
}

function two(seconds: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.trunc((seconds % large) / small)
  const first = `${Math.trunc(seconds / large)}${largeName}`
  return rest === 0 ? first : `${first}${rest}${smallName}`
}

const ACCESS: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}

/** Access modes as kubectl abbreviates them: `RWO,ROX`. */
export function accessModes(modes: readonly string[]): string {
  return modes.map((mode) => (Object.hasOwn(ACCESS, mode) ? ACCESS[mode] : mode)).join(',') || NONE
}

const UNITS = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** Bytes to three digits, as kubectl writes quantities: `1.5Gi`, `318Mi`; undefined where they are not known. */
export function bytes(count: number): string
export function bytes(count: number | null): string | undefined
export function bytes(count: number | null): string | undefined {
  if (count === null) return undefined
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(count, 1)) / 10))
  const amount = count / 1024 ** power
  const text = amount < 10 && power > 0 ? String(Math.floor(amount * 10) / 10) : String(Math.floor(amount))
  return `${text}${UNITS[power]}`
}

/** Share in use, rounded up as df does, so that 100% is what has nothing left, and more than nothing is not 0%. */
export function percentage(used: number | null, free: number | null): string | undefined {
  if (used === null || free === null || used + free === 0) return undefined
  const share = (used / (used + free)) * 100
  return `${free > 0 ? Math.min(99, Math.ceil(share)) : 100}%`
}

const GROUPS = /\B(?=(\d{3})+(?!\d))/g

/** `1,650`. */
export function grouped(count: number): string {
  return String(count).replaceAll(GROUPS, ',')
}

/** `1,650 nodes`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`
}
