import {clean} from '../../model/clean.ts'
import {own} from '../../model/own.ts'
import {AnswerError} from '../errors.ts'
import type {User} from '../kubeconfig/types.ts'
import {signInError} from './credentials.ts'

const SEE_PLUGINS =
  'See https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins for further details'
const REMOVED: Readonly<Record<string, string>> = {
  gcp: `error: The gcp auth plugin has been removed.
Please use the "gke-gcloud-auth-plugin" kubectl/client-go credential plugin instead.
See https://cloud.google.com/blog/products/containers-kubernetes/kubectl-auth-changes-in-gke for further details`,
  azure: `error: The azure auth plugin has been removed.
Please use the https://github.com/Azure/kubelogin kubectl/client-go credential plugin instead.
${SEE_PLUGINS}`,
}
/** client-go treats a token as expired this much earlier (0.37 oidc.go expiryDelta). */
const LEEWAY = 10_000

/**
 * Refuse an auth provider that would not give a valid token without side effects.
 * @throws AnswerError for gcp and azure (client-node would run a shell), for unknown ones, and for an OIDC id-token
 * that has run out: refreshing may use up a single-use refresh token, and only kubectl writes the new one back.
 */
export function checkAuthProvider(user: User, userName: string, now: number): void {
  const provider = user['auth-provider']
  if (!provider) return
  const removed = own(REMOVED, provider.name)
  if (removed !== undefined) throw new AnswerError(removed)
  const unknown = `error: no Auth Provider found for name "${clean(provider.name)}"`
  if (provider.name !== 'oidc') throw new AnswerError(unknown)
  if (usesProvider(user)) checkIdToken(provider.config ?? {}, userName, now)
}

/** A token or a password fills the Authorization header before a provider can. */
export function usesProvider(user: User): boolean {
  return user['auth-provider'] !== undefined && !(user.token || user.tokenFile || user.username)
}

function checkIdToken(config: Readonly<Record<string, string>>, userName: string, now: number): void {
  for (const key of ['idp-issuer-url', 'client-id']) {
    if (!config[key]) throw new AnswerError(`error: Must provide ${key}`)
  }
  const token = config['id-token']
  if (token && now + LEEWAY < expiry(token)) return
  if (!config['refresh-token'])
    throw signInError('No valid id-token, and cannot refresh without refresh-token')
  throw new AnswerError(
    `error: the OIDC id-token of user "${clean(userName)}" has expired, and refreshing it is left to kubectl: ` +
      'run "kubectl get namespaces" once, then try again',
  )
}

function expiry(token: string): number {
  const [, payload, , ...rest] = token.split('.')
  if (payload === undefined || token.split('.').length !== 3 || rest.length > 0) {
    throw signInError('ID Token is not a valid JWT')
  }
  try {
    const {exp} = JSON.parse(Buffer.from(payload, 'base64url').toString())
    return Number(exp) * 1000 || 0
  } catch {
    throw signInError('ID Token is not a valid JWT')
  }
}
