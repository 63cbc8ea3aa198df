import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import {homeFolder} from '../kubeconfig/home.ts'
import type {Chosen, ExecConfig, User} from '../kubeconfig/types.ts'
import {clientNodeCredentials} from './client-node.ts'
import type {Credentials, SignIn} from './credentials.ts'
import type {PluginHost} from './exec-credential-host.ts'
import {promptedUser} from './prompt.ts'
import {checkAuthProvider} from './provider.ts'
import {readTokenFile, tokenFileSignIn} from './token-file.ts'

/**
 * How the chosen user signs in, in client-go's order: token, basic or certificate before an auth provider,
 * and a plugin only if none of them is there (0.37 exec.go UpdateTransportConfig).
 * Nothing is sent over plain http (clientcmd/client_config.go: "only try to read the auth information if we are secure").
 * @throws AnswerError when the credentials can't be read.
 */
export async function signIn(chosen: Chosen, host: PluginHost): Promise<SignIn> {
  const {user, userName} = chosen
  if (!isSecure(chosen)) return await checked(fixed({}), host)
  checkAuthProvider(user, userName, host.now())
  if (user.exec) checkVersion(user.exec)
  if (user.exec && !hasOwnCredentials(user)) {
    const {execSignIn} = await import('./exec-credential.ts')
    return execSignIn(user.exec, chosen.cluster, host)
  }
  return await checked(await named(chosen, host), host)
}

async function named(chosen: Chosen, host: PluginHost): Promise<SignIn> {
  const {user, userName} = chosen
  const content = fileContent(user)
  if (!isIdentified(user, content)) {
    return fixed(await clientNodeCredentials({...chosen, user: await promptedUser(user, userName, host)}))
  }
  if (user.username && (user.token || user.tokenFile)) throw new AnswerError(BOTH)
  const credentials =
    hasOwnCredentials({...user, tokenFile: ''}) || user['auth-provider']
      ? await clientNodeCredentials(chosen)
      : {}
  return user.tokenFile ? tokenFileSignIn(user.tokenFile, credentials, content, host.now) : fixed(credentials)
}

const BOTH = 'error: username/password or bearer token may be set, but not both'

/** What a token file holds, which has to be there unless there is a token besides. @throws AnswerError */
function fileContent({token, tokenFile}: User): string {
  return token || !tokenFile ? '' : readTokenFile(tokenFile)
}

/** Whether there is anything to show a server (clientcmd/client_config.go canIdentifyUser). */
function isIdentified(user: User, content: string): boolean {
  return (
    hasOwnCredentials({...user, tokenFile: ''}) ||
    content !== '' ||
    user['auth-provider'] !== undefined ||
    user.exec !== undefined
  )
}

/** As in kubectl a kuberc has to be in order even where no plugin is run; else it is read with that. @throws AnswerError */
async function checked(signedIn: SignIn, host: PluginHost): Promise<SignIn> {
  const isNamed = host.kuberc || host.env.KUBERC
  if (!isNamed && !existsSync(join(homeFolder(host.env, host.platform), '.kube', 'kuberc'))) return signedIn
  const {loadPolicy} = await import('./exec-credential-policy.ts')
  loadPolicy(host, host.kuberc)
  return signedIn
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
