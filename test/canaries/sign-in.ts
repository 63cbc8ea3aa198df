import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {base64, fakeServer, fixture, json, kubeconfig, temporaryFolder} from '../cluster/fake-server.ts'
import {echoOf} from './answers.ts'
import {planted} from './planted.ts'
import type {Situation, Situations} from './situation.ts'

const V1 = 'client.authentication.k8s.io/v1'
const NOWHERE = 'https://127.0.0.1:1'

/** A server that lets nobody in, and says whom. */
async function refusing(): Promise<string> {
  const server = await fakeServer((request, response) =>
    json(response, {kind: 'Status', reason: 'Unauthorized', message: echoOf(request)}, 401),
  )
  return server.url
}

function file(content: string): string {
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, content)
  return path
}

const REFUSED = /^error: You must be logged in to the server/

const by = (
  user: () => object,
  says: RegExp,
  server: () => Promise<string> | string = refusing,
): Situation => ({
  arrange: async () => ({kubeconfig: kubeconfig(await server(), user()), env: {KUBERC: 'off'}}),
  says,
})

/** A credential plugin that prints this, and has secrets in its arguments and its environment. */
function plugin(prints: string, more: object = {}) {
  const script = file(
    `process.stdout.write(${JSON.stringify(prints)}); process.exitCode = ${prints === '' ? 3 : 0}`,
  )
  const args = [script, `--client-secret=${planted('argument')}`]
  const env = [{name: 'SECRET', value: planted('variable')}]
  return {exec: {apiVersion: V1, interactiveMode: 'Never', command: process.execPath, args, env, ...more}}
}

const credential = (status: unknown, more: object = {}) =>
  JSON.stringify({apiVersion: V1, kind: 'ExecCredential', status, ...more})

const OUTPUT = planted('output')
const PLUGINS: Readonly<Record<string, readonly [string, RegExp]>> = {
  'a token that is refused': [credential({token: OUTPUT}), REFUSED],
  'no JSON': [`token: ${OUTPUT}`, /decoding stdout|getting credentials|logged in/],
  'half of JSON': [credential({token: OUTPUT}).slice(0, -2), /decoding stdout/],
  'another version': [credential({token: OUTPUT}, {apiVersion: OUTPUT}), /configured to use API version/],
  'another kind': [credential({token: OUTPUT}, {kind: OUTPUT}), /getting credentials: /],
  'no status': [credential(undefined, {metadata: {name: OUTPUT}}), /didn't return a status field/],
  'a status that is none': [credential(OUTPUT), /getting credentials: /],
  'half a pair': [credential({clientKeyData: OUTPUT}), /only certificate or key, not both/],
  'a broken pair': [
    credential({clientKeyData: OUTPUT, clientCertificateData: OUTPUT}),
    /getting credentials: /,
  ],
  'no time': [credential({token: OUTPUT, expirationTimestamp: OUTPUT}), /getting credentials: |logged in/],
  'a token with a line break': [credential({token: `${OUTPUT}\n${OUTPUT}`}), /./],
  nothing: ['', /failed with exit code 3/],
}

const word = (text: string) => Buffer.from(text).toString('base64url')
const jwt = (exp: number) =>
  [word('{"alg": "none"}'), word(JSON.stringify({exp})), planted('signature')].join('.')

const oidc = (config: object) => ({
  'auth-provider': {
    name: 'oidc',
    config: {
      'idp-issuer-url': 'https://issuer.test',
      'client-id': 'a',
      'client-secret': planted('client-secret'),
      'refresh-token': planted('refresh'),
      ...config,
    },
  },
})

/** Ways to sign in that fail. */
export const signingIn: Situations = {
  ...Object.fromEntries(
    Object.entries(PLUGINS).map(([what, [prints, says]]) => [
      `a plugin that prints ${what}`,
      by(() => plugin(prints), says),
    ]),
  ),
  'a plugin that is missing': by(
    () => plugin('', {command: '/nowhere/plugin', installHint: 'install it'}),
    /executable \/nowhere\/plugin not found/,
  ),
  'a plugin of another age': by(
    () => plugin('', {apiVersion: 'client.authentication.k8s.io/v1alpha1'}),
    /exec plugin/,
  ),
  'a token in a file': by(() => ({tokenFile: file(planted('file'))}), REFUSED),
  'a token of several lines': by(() => ({token: `${planted('token')}\nx-other: ${planted('token')}`}), /./),
  'a key that is none': by(
    () => ({
      'client-certificate-data': base64(fixture('client.crt')),
      'client-key-data': base64(planted('key')),
    }),
    /./,
    () => NOWHERE,
  ),
  'a key in a file that is none': by(
    () => ({'client-certificate': file(planted('certificate')), 'client-key': file(planted('key'))}),
    /./,
    () => NOWHERE,
  ),
  'an id-token that has run out': by(() => oidc({'id-token': jwt(1)}), /has expired/),
  'an id-token that is none': by(() => oidc({'id-token': planted('id-token')}), /not a valid JWT/),
  'an id-token that is refused': by(() => oidc({'id-token': jwt(9e9)}), REFUSED),
  'a provider that is gone': by(
    () => ({'auth-provider': {name: 'gcp', config: {'access-token': planted('access')}}}),
    /gcp auth plugin has been removed/,
  ),
  'name and password': by(() => ({username: 'me', password: planted('password')}), REFUSED),
  'two ways at once': by(
    () => ({token: planted('token'), username: 'me', password: planted('password')}),
    /more than one authentication method/,
  ),
}
