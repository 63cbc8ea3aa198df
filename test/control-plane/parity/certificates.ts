import {generateKeyPairSync, type KeyObject, randomBytes, sign} from 'node:crypto'
import {isIP} from 'node:net'
import {der, distinguishedName, extension, ipBytes, oid, tagged, time} from './asn1.ts'

/** A key and a certificate, in PEM. */
export interface Identity {
  readonly cert: string
  readonly key: string
  readonly name: string
  readonly privateKey: KeyObject
}

interface Wanted {
  readonly name: string
  /** Names and addresses that it is valid for. */
  readonly hosts?: readonly string[]
  readonly isAuthority?: boolean
  /** Itself, where there is none. */
  readonly issuer?: Identity
  /** In days from now. */
  readonly from?: number
  readonly until?: number
  readonly organizations?: readonly string[]
}

/** A certificate that nobody else has: tests need no files and no openssl. */
export function certificate(wanted: Wanted): Identity {
  const {publicKey, privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'})
  const {name, issuer, organizations = []} = wanted
  const body = der(
    0x30,
    tagged(0, der(0x02, [2])),
    der(0x02, [0x40, ...randomBytes(8)]),
    ALGORITHM,
    distinguishedName(issuer?.name ?? name),
    der(0x30, time(wanted.from ?? -1), time(wanted.until ?? 365)),
    distinguishedName(name, organizations),
    publicKey.export({type: 'spki', format: 'der'}),
    tagged(3, der(0x30, ...extensions(wanted))),
  )
  const signature = sign('sha256', body, issuer?.privateKey ?? privateKey)
  const whole = der(0x30, body, ALGORITHM, der(0x03, [0], signature))
  return {
    cert: pem('CERTIFICATE', whole),
    key: String(privateKey.export({type: 'pkcs8', format: 'pem'})),
    name,
    privateKey,
  }
}

const ALGORITHM = der(0x30, oid('1.2.840.10045.4.3.2'))

function extensions({isAuthority = false, hosts = []}: Wanted): readonly Buffer[] {
  const constraints = der(0x30, ...(isAuthority ? [der(0x01, [0xff])] : []))
  const names = hosts.map((host) => (isIP(host) ? der(0x87, ipBytes(host)) : der(0x82, Buffer.from(host))))
  return [
    extension('2.5.29.19', constraints, true),
    ...(names.length > 0 ? [extension('2.5.29.17', der(0x30, ...names))] : []),
  ]
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
