import {AnswerError} from '../errors.ts'
import type {User} from '../kubeconfig/types.ts'

/** Headers of a request by their names. */
export type Headers = Readonly<Record<string, string | string[]>>

const SYSTEMS: Readonly<Record<string, string>> = {win32: 'windows', sunos: 'solaris'}
const MACHINES: Readonly<Record<string, string>> = {x64: 'amd64', ia32: '386', mips: 'mips', mipsel: 'mipsle'}

/** `kubectl-stateful/0.1.0 (linux/amd64)`, system and machine in Go's words, as kubectl names itself. */
export function userAgent(version: string, platform: string, arch: string): string {
  return `kubectl-stateful/${version} (${SYSTEMS[platform] ?? platform}/${MACHINES[arch] ?? arch})`
}

/** The headers that ask to act as someone else (client-go 0.37 transport/round_trippers.go). */
export function impersonationHeaders(user: User): Readonly<Record<string, string | string[]>> {
  if (!user.as) return {}
  const extra = Object.entries(user['as-user-extra'] ?? {})
  return {
    'Impersonate-User': user.as,
    ...(user['as-uid'] && {'Impersonate-Uid': user['as-uid']}),
    ...(user['as-groups']?.length && {'Impersonate-Group': [...user['as-groups']]}),
    ...Object.fromEntries(extra.map(([key, values]) => [`Impersonate-Extra-${headerKey(key)}`, [...values]])),
  }
}

/** Headers as they are sent: texts in UTF-8, as Go sends them. @throws AnswerError in Go's words for what may not be sent. */
export function sendable(headers: Headers): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? bytesOf(name, value) : value.map((each) => bytesOf(name, each)),
    ]),
  )
}

function bytesOf(name: string, value: string): string {
  // what Go's net/http refuses: control characters but tabs
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) throw invalidValue(name)
  return Buffer.from(value).toString('latin1')
}

function invalidValue(name: string): AnswerError {
  const spelt = name.replace(/(?<=^|-)[a-z]/g, (letter) => letter.toUpperCase())
  return new AnswerError(
    `Unable to connect to the server: net/http: invalid header field value for "${spelt}"`,
  )
}

// Every byte that may not stand in a header's name, and `%` itself.
function headerKey(key: string): string {
  return [...Buffer.from(key)]
    .map((byte) => String.fromCharCode(byte))
    .map(escaped)
    .join('')
}

function escaped(byte: string): string {
  if (/[!#$&'*+.^_`|~0-9A-Za-z-]/.test(byte)) return byte
  return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}
