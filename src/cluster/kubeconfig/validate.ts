import {closeSync, openSync} from 'node:fs'
import {clean} from '../../model/clean.ts'
import {AnswerError} from '../errors.ts'
import {parseGoUrl} from '../go-url.ts'
import type {ContextChoice} from './choose.ts'
import {fileProblem} from './kubeconfig.ts'
import type {Cluster, ExecConfig, User} from './types.ts'

/**
 * Refuse a choice client-go would refuse; entries that were not chosen may be as broken as they like
 * (client-go 0.37 clientcmd/validation.go ConfirmUsable).
 * @throws AnswerError naming every problem at once.
 */
export function confirmUsable(choice: ContextChoice): void {
  const context = choice.missingContext
  const lost = context === undefined ? [] : [`context was not found for specified context: ${context}`]
  const problems = [...lost, ...userProblems(choice.userName, choice.user), ...clusterProblems(choice)].map(
    clean,
  )
  if (problems.length > 1)
    throw new AnswerError(`Error in configuration: \n${problems.map(bullet).join('\n')}`)
  if (lost.length === 1) throw new AnswerError(`Error in configuration: ${problems[0]}`)
  if (problems.length === 1) throw new AnswerError(`error: ${problems[0]}`)
}

function bullet(problem: string): string {
  return `* ${problem}`
}

function clusterProblems({cluster, clusterName: name}: ContextChoice): readonly string[] {
  const file = cluster['certificate-authority']
  const both = `certificate-authority-data and certificate-authority are both specified for ${name}.`
  return [
    ...proxyProblems(cluster, name),
    ...when(
      file && cluster['certificate-authority-data'],
      `${both} certificate-authority-data will override.`,
    ),
    ...unreadable(file, 'certificate-authority', name),
  ]
}

function proxyProblems(cluster: Cluster, name: string): readonly string[] {
  const proxy = cluster['proxy-url']
  if (!proxy) return []
  // with a user in it it holds a secret
  const shown = proxy.includes('@') ? undefined : proxy
  const invalid = `invalid 'proxy-url'${shown === undefined ? '' : ` ${JSON.stringify(shown)}`} for cluster "${name}"`
  const scheme = schemeOf(proxy)
  if (!scheme) return [`${invalid}: could not parse${shown === undefined ? '' : `: ${shown}`}`]
  const unsupported = `${invalid}: unsupported scheme "${scheme}", must be http, https, or socks5`
  return when(!['http', 'https', 'socks5'].includes(scheme), unsupported)
}

/** Empty where Go reads no URL. */
function schemeOf(text: string): string {
  try {
    return URL.canParse(text) ? parseGoUrl(text).scheme : ''
  } catch {
    return ''
  }
}

function userProblems(name: string, user: User): readonly string[] {
  const methods = [...when(user.token, 'token'), ...when(user.username || user.password, 'basicAuth')]
  const many = `more than one authentication method found for ${name}; found [${methods.join(' ')}], only one is allowed`
  const impersonates =
    user['as-uid'] || user['as-groups']?.length || Object.keys(user['as-user-extra'] ?? {}).length
  const alone = `requesting uid, groups or user-extra for ${name} without impersonating a user`
  return [
    ...certificateProblems(name, user),
    ...(user.exec ? execProblems(name, user.exec, user) : []),
    ...when(methods.length > 1, many),
    ...when(impersonates && !user.as, alone),
  ]
}

function certificateProblems(name: string, user: User): readonly string[] {
  const {'client-certificate': cert, 'client-certificate-data': certData} = user
  const {'client-key': key, 'client-key-data': keyData} = user
  if (!cert && !certData) return []
  const keyless = `client-key-data or client-key must be specified for ${name} to use the clientCert authentication method.`
  return [
    ...when(
      cert && certData,
      `client-cert-data and client-cert are both specified for ${name}. client-cert-data will override.`,
    ),
    ...when(
      key && keyData,
      `client-key-data and client-key are both specified for ${name}; client-key-data will override`,
    ),
    ...when(!key && !keyData, keyless),
    ...unreadable(cert, 'client-cert', name),
    ...unreadable(key, 'client-key', name),
  ]
}

function execProblems(name: string, exec: ExecConfig, user: User): readonly string[] {
  const use = `for ${name} to use exec authentication plugin`
  const mode = exec.interactiveMode || (isBeta(exec) ? 'IfAvailable' : '')
  return [
    ...when(
      user['auth-provider'],
      `authProvider cannot be provided in combination with an exec plugin for ${name}`,
    ),
    ...when(!exec.command, `command must be specified ${use}`),
    ...when(!exec.apiVersion, `apiVersion must be specified ${use}`),
    ...(exec.env ?? []).flatMap(({name: key}) => when(!key, `env variable name must be specified ${use}`)),
    ...when(mode === '', `interactiveMode must be specified ${use}`),
    ...when(
      !['', 'Never', 'IfAvailable', 'Always'].includes(mode),
      `invalid interactiveMode for ${name}: "${mode}"`,
    ),
  ]
}

/** Before v1 a plugin need not say whether it is interactive (clientcmd/api/v1/defaults.go). */
function isBeta(exec: ExecConfig): boolean {
  return /^client\.authentication\.k8s\.io\/v1(alpha|beta)1$/.test(exec.apiVersion ?? '')
}

function unreadable(path: string | undefined, what: string, name: string): readonly string[] {
  if (!path) return []
  try {
    closeSync(openSync(path, 'r'))
    return []
  } catch (error) {
    return [`unable to read ${what} ${path} for ${name} due to ${fileProblem(error, path)}`]
  }
}

function when(condition: unknown, problem: string): readonly string[] {
  return condition ? [problem] : []
}
