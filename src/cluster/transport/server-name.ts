import {X509Certificate} from 'node:crypto'
import {isIP, isIPv6} from 'node:net'
import type {PeerCertificate} from 'node:tls'
import {clean} from '../../model/clean.ts'

/** A certificate is one of other names: the message is Go's (crypto/x509 HostnameError). */
export class WrongName extends Error {}

/** The name to tell a server before it shows a certificate: none for an address. */
export function serverNameFor(name: string): string {
  return isIP(bare(name)) ? '' : name.replace(/\.$/, '')
}

/**
 * Whether a certificate is one of `name`, by Go's rules: only its alternative names count, never its common name.
 * Node would tell the address that was connected to, not the name that was checked.
 */
export function checkIdentity(name: string): (host: string, peer: PeerCertificate) => Error | undefined {
  return (_, {raw}) => {
    const certificate = new X509Certificate(raw)
    return isNamed(certificate, bare(name)) ? undefined : new WrongName(mismatch(certificate, bare(name)))
  }
}

const STRICT = {subject: 'never', partialWildcards: false} as const

function isNamed(certificate: X509Certificate, name: string): boolean {
  if (isIP(name)) return certificate.checkIP(name) !== undefined
  return certificate.checkHost(name.replace(/\.$/, ''), STRICT) !== undefined
}

function mismatch(certificate: X509Certificate, name: string): string {
  const wanted = clean(name)
  const names = namesOf(certificate)
  if (names.length === 0 && certificate.checkHost(name, {subject: 'always'}) !== undefined)
    return 'certificate relies on legacy Common Name field, use SANs instead'
  const kind = isIP(name) ? 'IP Address:' : 'DNS:'
  const listed = names
    .filter((each) => each.startsWith(kind))
    .map((each) => shortened(each.slice(kind.length)))
  if (listed.length > 0) return `certificate is valid for ${clean(listed.join(', '))}, not ${wanted}`
  return isIP(name)
    ? `cannot validate certificate for ${wanted} because it doesn't contain any IP SANs`
    : `certificate is not valid for any names, but wanted to match ${wanted}`
}

/** An IPv6 address as Go writes it. */
function shortened(name: string): string {
  return isIPv6(name) ? new URL(`http://[${name}]`).hostname.slice(1, -1) : name
}

function namesOf({subjectAltName = ''}: X509Certificate): readonly string[] {
  return subjectAltName.split(', ').filter(Boolean)
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '')
}
