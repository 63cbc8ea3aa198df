import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import type {Chosen, ExecConfig, User} from '../kubeconfig/types.ts'
import {clientNodeCredentials} from './client-node.ts'
import type {Credentials, SignIn} from './credentials.ts'
import type {PluginHost} from './exec-credential-host.ts'
import {checkAuthProvider} from './provider.ts'
import {tokenFileSignIn} from './token-file.ts'

/**
 * How the chosen user signs in, in client-go's order: token, basic or certificate before an auth provider,
 * and a plugin only if none of them is there (0.37 exec.go UpdateTransportConfig).
 * Nothing is sent over plain http (clientcmd/client_config.go: "only try to read the auth information if we are secure").
 * @throws AnswerError when the credentials can't be read.
 */
export async function signIn(chosen: Chosen, host: PluginHost): Promise<SignIn> {
  const {user, userName} = chosen
  if (!isSecure(chosen)) return fixed({})
  checkAuthProvider(user, userName, host.now())
  if (user.exec) checkVersion(user.exec)
  if (user.exec && !hasOwnCredentials(user)) {
    const {execSignIn} = await import('./exec-credential.ts')
    return execSignIn(user.exec, chosen.cluster, host)
  }
  const isNamed = hasOwnCredentials({...user, tokenFile: ''}) || user['auth-provider'] !== undefined
  const credentials = isNamed ? await clientNodeCredentials(chosen) : {}
  return user.tokenFile ? tokenFileSignIn(user.tokenFile, credentials, host.now) : fixed(credentials)
}

/** A server without a scheme is plain http to kubectl. */
export function isSecure({cluster}: Pick<Chosen, 'cluster'>): boolean {
  return /^https:\/\//i.test(cluster.server ?? '')
}

// v1alpha1 is gone from client-go since 1.24.
function checkVersion({apiVersion = ''}: ExecConfig): void {
  if (/^client\.authentication\.k8s\.io\/v1(beta1)?$/.test(apiVersion)) return
  throw new AnswerError(`error: exec plugin: invalid apiVersion "${clean(apiVersion)}"`)
}

function hasOwnCredentials(user: User): boolean {
  const certificate = user['client-certificate'] || user['client-certificate-data']
  return Boolean(user.token || user.tokenFile || user.username || certificate)
}

function fixed(credentials: Credentials): SignIn {
  return {
    fixed: credentials,
    credentials: async () => credentials,
    renew: async () => undefined,
  }
}
