import {generateKeyPairSync, randomBytes} from 'node:crypto'
import {writeFileSync} from 'node:fs'
import {dump} from 'js-yaml'
import type {Layout} from './layout.ts'

// kube-apiserver reads its token file once, so whoever a test may need is in it from the start.
const SPARE_USERS = ['reader', 'nobody', 'tenant-a', 'tenant-b'] as const

/** Who runs the plugin: bound to the ClusterRole that we ship, and to nothing else. */
export const OPERATOR = 'operator'

export type SpareUser = (typeof SPARE_USERS)[number]

export const COMPONENT_USERS = {
  'kube-controller-manager': 'system:kube-controller-manager',
  'kube-scheduler': 'system:kube-scheduler',
  kwok: 'kwok',
} as const

const MASTERS = ['admin', ...Object.values(COMPONENT_USERS)]

export type Tokens = ReadonlyMap<string, string>

export function writeTokens(layout: Layout): Tokens {
  const users = [...MASTERS, OPERATOR, ...SPARE_USERS]
  const tokens = new Map(users.map((user) => [user, randomBytes(16).toString('hex')]))
  const line = ([user, token]: readonly [string, string]) =>
    `${token},${user},${user},${MASTERS.includes(user) ? '"system:masters"' : ''}`
  writeFileSync(layout.tokens, [...tokens].map(line).join('\n'), {mode: 0o600})
  return tokens
}

export function writeServiceAccountKeys(layout: Layout): void {
  const {privateKey, publicKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'})
  writeFileSync(layout.serviceAccountKey, privateKey.export({type: 'sec1', format: 'pem'}), {mode: 0o600})
  writeFileSync(layout.serviceAccountPublicKey, publicKey.export({type: 'spki', format: 'pem'}))
}

export function writeKubeconfig(layout: Layout, user: string, token: string, ca: string): string {
  const cluster = {server: layout.server, 'certificate-authority-data': Buffer.from(ca).toString('base64')}
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{name: 'control-plane', cluster}],
    users: [{name: user, user: {token}}],
    contexts: [{name: user, context: {cluster: 'control-plane', user, namespace: 'default'}}],
    'current-context': user,
  }
  writeFileSync(layout.kubeconfig(user), dump(config), {mode: 0o600})
  return layout.kubeconfig(user)
}
