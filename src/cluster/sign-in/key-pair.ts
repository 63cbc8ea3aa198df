import {createSecureContext} from 'node:tls'

/** What is wrong with a client certificate and its key, in Go's words (crypto/tls X509KeyPair); undefined: nothing. */
export function pairProblem(
  cert: Buffer | string | undefined,
  key: Buffer | string | undefined,
): string | undefined {
  if (cert === undefined && key === undefined) return undefined
  return lacks(cert, 'CERTIFICATE', 'certificate') ?? lacks(key, 'PRIVATE KEY', 'key') ?? unusable(cert, key)
}

function lacks(pem: Buffer | string | undefined, type: string, input: string): string | undefined {
  const types = [...String(pem ?? '').matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, each = '']) => each)
  if (types.some((each) => each === type || (type === 'PRIVATE KEY' && each.endsWith(` ${type}`))))
    return undefined
  return types.length === 0
    ? `tls: failed to find any PEM data in ${input} input`
    : `tls: failed to find PEM block with type ending in "${type}" in ${input} input after skipping PEM blocks of the following types: [${types.join(' ')}]`
}

function unusable(cert: Buffer | string | undefined, key: Buffer | string | undefined): string | undefined {
  try {
    // whom they are shown to is not asked here: without a list of authorities Node would read all that it knows
    createSecureContext({cert, key, ca: []})
    return undefined
  } catch (error) {
    const isMismatch = error instanceof Error && /mismatch/i.test(error.message)
    return isMismatch
      ? 'tls: private key does not match public key'
      : 'tls: failed to parse certificate or private key'
  }
}
