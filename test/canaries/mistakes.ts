import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fakeServer, json, kubeconfig, temporaryFolder} from '../cluster/fake-server.ts'
import {planted} from './planted.ts'
import type {Situation, Situations} from './situation.ts'

const S = planted('typo')

/** A kubeconfig with one user, as somebody typed it. */
const withUser = (user: string) => `
apiVersion: v1
kind: Config
clusters: [{name: a, cluster: {server: https://127.0.0.1:1}}]
contexts: [{name: a, context: {cluster: a, user: a}}]
current-context: a
users:
- name: a
  user:
    ${user}
`

function typed(text: string): Situation {
  const arrange = () => {
    const path = join(temporaryFolder(), 'config')
    writeFileSync(path, text)
    return {kubeconfig: path}
  }
  return {arrange, says: /^(error|Error|The connection|Unable)/m}
}

const TYPED = [
  withUser(`token: *${S}`),
  withUser(`token: !${S} a`),
  withUser(`token: !<${S}> a`),
  withUser(`token: !${S}^ a`),
  withUser(`token: !${S}! a`),
  withUser(`token: !${S}!b a`),
  withUser(`token: "${S}`),
  withUser(`token: '${S}`),
  withUser(`token: [${S}`),
  withUser(`token: [${S}]`),
  withUser(`token: {${S}: 1}`),
  withUser(`token: ${S}: ${S}`),
  withUser(`token: "\\q${S}"`),
  withUser(`token: @${S}`),
  withUser(`token: %${S}`),
  withUser(`token: \`${S}`),
  withUser(`token: |${S}`),
  withUser(`token: &${S} *${S}x`),
  withUser(`- ${S}`),
  withUser(`token: ${S}\n   bad: indent`),
  withUser(`token: ${S}\n\tpassword: ${S}`),
  withUser(`client-key-data: ${S}!!`),
  withUser(`client-key-data: {${S}: ${S}}`),
  withUser(`password: [${S}]`),
  withUser(`exec: ${S}`),
  withUser(`exec: {command: a, env: [${S}]}`),
  withUser(`exec: {command: a, args: ${S}}`),
  withUser(`auth-provider: {name: oidc, config: ${S}}`),
  `users: {a: {token: ${S}}}`,
  `users: [${S}]`,
  `users: ${S}`,
  S,
  `- ${S}`,
  `"${S}": {}`,
  `%YAML ${S}\n---\na: b`,
  `{"users": [{"name": "a", "user": {"token": "${S}"`,
  `{"users": [{"name": "a", "user": {"token": ${S}}}]}`,
]

const flags = (...given: readonly string[]): Situation => ({
  arrange: () => ({flags: given}),
  says: /^(error|Error|The connection|Unable)/m,
})

const fine = (env: Readonly<Record<string, string>>): Situation => ({
  arrange: async () => {
    const server = await fakeServer((_, response) => json(response, {items: []}))
    return {kubeconfig: kubeconfig(server.url, {token: S}), env}
  },
  says: /No resources found/,
})

/** Files with a typo beside a secret. */
export const typos: Situations = Object.fromEntries(TYPED.map((text) => [text, typed(text)]))

/** What people mistype on a command line, and what they set to see more. */
export const mistakes: Situations = {
  'an unknown flag beside a token': flags(`--token=${S}`, '--nope'),
  'an unknown flag with a value': flags(`--tokem=${S}`),
  'a value that is none beside a token': flags('--token', S, '--request-timeout=never'),
  'a token for nobody': flags('--token', S, '--server=https://127.0.0.1:1'),
  'a context that is missing beside a token': flags('--token', S, '--context=nope'),
  'user and password': flags('--username=me', `--password=${S}`),
  'DEBUG=*': fine({DEBUG: '*'}),
  'NODE_DEBUG=*': fine({NODE_DEBUG: 'http,https,http2,net,tls,undici,fetch,module,timer,stream'}),
  'DEBUG=* beside a token': {arrange: () => ({flags: ['--token', S], env: {DEBUG: '*'}}), says: /./},
  'a secret in the environment': fine({AWS_SECRET_ACCESS_KEY: S}),
}
