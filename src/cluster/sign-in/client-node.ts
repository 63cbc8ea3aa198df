import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import type {Chosen, User} from '../kubeconfig/types.ts'
import {readSmallFile} from '../small-file.ts'
import type {Credentials} from './credentials.ts'
import {pairProblem} from './key-pair.ts'
import {usesProvider} from './provider.ts'

/**
 * The credentials of one user as @kubernetes/client-node reads them: token, basic, client certificate, OIDC.
 * It is handed exactly one context, in which every choice is already made: see README.md beside this file.
 * @throws AnswerError when a certificate or key can't be read.
 */
export async function clientNodeCredentials(chosen: Chosen): Promise<Credentials> {
  const options = await httpsOptions(chosen)
  const {cert, key} = options
  checkPair(options)
  return {authorization: authorizationOf(options), cert, key}
}

interface HttpsOptions {
  readonly cert?: Buffer
  readonly key?: Buffer
  readonly auth?: string
  readonly headers?: Readonly<Record<string, string>>
}

async function httpsOptions(chosen: Chosen): Promise<HttpsOptions> {
  const {KubeConfig} = await import('@kubernetes/client-node/dist/config.js')
  const config = new KubeConfig()
  const options: HttpsOptions = {}
  try {
    config.loadFromString(JSON.stringify(singleContext(chosen)))
    await config.applyToHTTPSOptions(options as object)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AnswerError(
      `error: reading the credentials of user "${clean(chosen.userName)}": ${clean(reason)}`,
    )
  }
  return options
}

function singleContext({cluster, user}: Chosen): object {
  return {
    clusters: [{name: 'cluster', cluster: {server: cluster.server}}],
    users: [{name: 'user', user: handedUser(user)}],
    contexts: [{name: 'context', context: {cluster: 'cluster', user: 'user'}}],
    'current-context': 'context',
  }
}

// client-node lets a file beat data, would run plugins itself, and refreshes an OIDC token it has no use for.
function handedUser(user: User): object {
  const {token, username, password} = user
  const certificate = pick(user, 'client-certificate')
  return {
    ...certificate,
    ...(Object.keys(certificate).length > 0 && pick(user, 'client-key')),
    ...(token && {token}),
    ...(username && {username, password: password ?? ''}),
    ...(usesProvider(user) && {'auth-provider': user['auth-provider']}),
  }
}

/** The data of a pair of fields such as `client-key(-data)` if it is there, else what the file holds. */
function pick(user: User, field: 'client-certificate' | 'client-key'): object {
  const {[`${field}-data` as const]: data, [field]: file} = user
  if (data) return {[`${field}-data`]: data}
  if (!file) return {}
  const bytes = readSmallFile(file)
  return bytes.length > 0 ? {[`${field}-data`]: bytes.toString('base64')} : {[field]: file}
}

function authorizationOf({headers, auth}: HttpsOptions): string | undefined {
  if (auth !== undefined) return `Basic ${Buffer.from(auth).toString('base64')}`
  return headers?.Authorization
}

function checkPair({cert, key}: HttpsOptions): void {
  const problem = pairProblem(cert, key)
  if (problem !== undefined) throw new AnswerError(`error: ${problem}`)
}
