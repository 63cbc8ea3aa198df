/** client-go 0.37 rest/with_retry.go: a server may send us away ten times. */
export const MAX_RETRIES = 10
/** And a connection may break so often before it has answered. */
export const MAX_RESETS = 2

/**
 * How long the server asks us to wait before the same GET, in milliseconds; undefined if it doesn't.
 * Only 429 and 5xx with `Retry-After` in whole seconds count (client-go checkWait).
 */
export function retryAfter(
  status: number,
  header: string | readonly string[] | undefined,
): number | undefined {
  if (status !== 429 && status < 500) return undefined
  const text = typeof header === 'string' ? header : header?.[0]
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) * 1000 : undefined
}

/**
 * A kept connection may be closed by the server at the very moment it is used again: that GET is asked once more. undici calls
 * what happens to an HTTP/2 connection informational.
 */
export function isReset(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return RESETS.includes(code)
}

const RESETS: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'UND_ERR_INFO']
