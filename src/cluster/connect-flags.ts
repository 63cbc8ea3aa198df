import {AnswerError} from './errors.ts'

/** kubectl's connection flags (cli-runtime 0.37 config_flags.go). An empty text counts as not given. */
export interface ConnectionFlags {
  readonly kubeconfig?: string | undefined
  readonly context?: string | undefined
  readonly cluster?: string | undefined
  readonly user?: string | undefined
  readonly namespace?: string | undefined
  readonly server?: string | undefined
  readonly token?: string | undefined
  readonly as?: string | undefined
  readonly asUid?: string | undefined
  readonly asGroups?: readonly string[] | undefined
  readonly asUserExtra?: readonly string[] | undefined
  readonly clientCertificate?: string | undefined
  readonly clientKey?: string | undefined
  readonly certificateAuthority?: string | undefined
  readonly insecureSkipTlsVerify?: boolean | undefined
  readonly tlsServerName?: string | undefined
  readonly requestTimeout?: string | undefined
  readonly disableCompression?: boolean | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** A kuberc file instead of the user's own. */
  readonly kuberc?: string | undefined
  /** klog's `-v`: from 6 on requests are told. */
  readonly verbosity?: number | undefined
  readonly warningsAsErrors?: boolean | undefined
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}
const TERM = /([0-9]+\.?[0-9]*|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)/g

/**
 * `--request-timeout` in milliseconds, 0 for none; undefined if the flag was not given.
 * A bare whole number is seconds, else it is a Go duration (clientcmd 0.37 ParseTimeout); as in Go's HTTP client
 * a negative duration is no limit.
 * @throws AnswerError in kubectl's words when it is neither.
 */
export function parseTimeout(text: string | undefined): number | undefined {
  if (!text) return undefined
  if (/^\+?[0-9]+$/.test(text) && isInt(text)) return seconds(text)
  const [, sign, terms = ''] = /^([-+]?)(.*)$/s.exec(text) ?? []
  if (terms === '0') return 0
  if (terms === '' || terms.replace(TERM, '') !== '') throw invalidTimeout()
  const total = [...terms.matchAll(TERM)].reduce((sum, term) => sum + milliseconds(term), 0)
  if (total > MOST) throw invalidTimeout()
  return sign === '-' ? 0 : total
}

/** What Go's durations hold at most, in milliseconds. */
const MOST = Number(2n ** 63n - 1n) / 1e6

/** As in Go, what is too large turns over: it is not told, and means no limit or a very long time. */
function seconds(text: string): number {
  return Math.max(0, Number(BigInt.asIntN(64, BigInt(text.replace('+', '')) * 1_000_000_000n)) / 1e6)
}

function isInt(text: string): boolean {
  return BigInt.asIntN(64, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', ''))
}

function milliseconds([, amount, unit = '']: RegExpExecArray): number {
  return Number(amount) * (UNITS[unit] ?? 0)
}

function invalidTimeout(): AnswerError {
  return new AnswerError(
    'error: Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a ' +
      'corresponding time unit (e.g. 1s | 2m | 3h)',
  )
}
