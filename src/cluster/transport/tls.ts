import {X509Certificate} from 'node:crypto'
import {type ConnectionOptions, getCACertificates} from 'node:tls'
import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import {fileProblem} from '../kubeconfig/kubeconfig.ts'
import type {Cluster} from '../kubeconfig/types.ts'
import {readSmallFile} from '../small-file.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * How the server's certificate is checked. NODE_TLS_REJECT_UNAUTHORIZED has no say: only the kubeconfig and the flags
 * can turn the check off.
 * @throws AnswerError when the CA can't be read, or is given together with the insecure flag (client-go TLSConfigFor).
 */
export function serverTrust(
  cluster: Cluster,
  env: Environment,
  platform: NodeJS.Platform,
): ConnectionOptions {
  const authority = authorityOf(cluster)
  const insecure = cluster['insecure-skip-tls-verify'] === true
  if (insecure && authority !== undefined) {
    throw new AnswerError('error: specifying a root certificates file with the insecure flag is not allowed')
  }
  const servername = cluster['tls-server-name']
  return {
    rejectUnauthorized: !insecure,
    ...(!insecure && {ca: [...(authority ?? systemAuthorities(env, platform))]}),
    // an authority need not be at the root: Go ends at whatever it is told to trust
    allowPartialTrustChain: true,
    ...(servername && {servername}),
    minVersion: 'TLSv1.2',
  }
}

/**
 * Go trusts what the machine trusts; Node by itself only what it was built with, and what NODE_EXTRA_CA_CERTS names, which a
 * kubeconfig knows nothing of. What Node was built with is left for machines that have none to be read.
 */
function systemAuthorities(env: Environment, platform: NodeJS.Platform): string[] {
  const system = getCACertificates('system')
  const isWhole = platform === 'linux' && (system.length > 0 || env.SSL_CERT_FILE || env.SSL_CERT_DIR)
  return isWhole ? system : [...new Set([...getCACertificates('bundled'), ...system])]
}

function authorityOf(cluster: Cluster): readonly string[] | undefined {
  const {'certificate-authority-data': data, 'certificate-authority': file} = cluster
  const text = data ? Buffer.from(data, 'base64').toString('latin1') : file ? readAuthority(file) : undefined
  // an empty file is none to client-go
  return text ? certificatesIn(text) : undefined
}

function readAuthority(file: string): string {
  try {
    return readSmallFile(file).toString('latin1')
  } catch (error) {
    throw new AnswerError(`error: unable to load root certificates: ${clean(fileProblem(error, file))}`)
  }
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n[A-Za-z0-9+/=\s]*?-----END \1-----/g

// As in Go, one certificate that can be read is enough, and what else is in the text does not matter.
function certificatesIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(BLOCK)]
  const certificates = blocks.filter(([, type]) => type === 'CERTIFICATE').map(([block]) => block)
  const readable = certificates.filter(isReadable)
  if (readable.length > 0) return readable
  const problem =
    certificates.length > 0
      ? 'failed to parse certificate'
      : blocks.length > 0
        ? 'no valid certificate authority data seen'
        : 'unable to parse bytes as PEM block'
  throw new AnswerError(`error: unable to load root certificates: ${problem}`)
}

function isReadable(certificate: string): boolean {
  try {
    return new X509Certificate(certificate).raw.length > 0
  } catch {
    return false
  }
}
