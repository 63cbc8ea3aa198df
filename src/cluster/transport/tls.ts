import {X509Certificate} from 'node:crypto'
import {readFileSync} from 'node:fs'
import {type ConnectionOptions, getCACertificates} from 'node:tls'
import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import {fileProblem} from '../kubeconfig/kubeconfig.ts'
import type {Cluster} from '../kubeconfig/types.ts'

/**
 * How the server's certificate is checked. NODE_TLS_REJECT_UNAUTHORIZED has no say: only the kubeconfig and the flags
 * can turn the check off.
 * @throws AnswerError when the CA can't be read, or is given together with the insecure flag (client-go TLSConfigFor).
 */
export function serverTrust(cluster: Cluster): ConnectionOptions {
  const authority = authorityOf(cluster)
  const insecure = cluster['insecure-skip-tls-verify'] === true
  if (insecure && authority !== undefined) {
    throw new AnswerError('error: specifying a root certificates file with the insecure flag is not allowed')
  }
  const servername = cluster['tls-server-name']
  return {
    rejectUnauthorized: !insecure,
    ...(!insecure && {ca: authority ?? systemAuthorities()}),
    ...(servername && {servername}),
    minVersion: 'TLSv1.2',
  }
}

// Go trusts what the machine trusts; Node by itself only what it was built with.
function systemAuthorities(): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])]
}

function authorityOf(cluster: Cluster): string | undefined {
  const {'certificate-authority-data': data, 'certificate-authority': file} = cluster
  const text = data ? Buffer.from(data, 'base64').toString() : file ? readAuthority(file) : undefined
  if (text !== undefined) checkAuthority(text)
  return text
}

function readAuthority(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new AnswerError(`error: unable to load root certificates: ${clean(fileProblem(error, file))}`)
  }
}

function checkAuthority(text: string): void {
  try {
    new X509Certificate(text)
  } catch {
    throw new AnswerError('error: unable to load root certificates: unable to parse bytes as PEM block')
  }
}
