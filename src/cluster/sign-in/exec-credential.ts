import {goYaml, yamlText} from '../go-yaml.ts'
import type {Cluster, ExecConfig} from '../kubeconfig/types.ts'
import {type Credentials, type SignIn, signInError} from './credentials.ts'
import {PluginError, type PluginHost} from './exec-credential-host.ts'
import {execInfo} from './exec-credential-info.ts'
import {checkPolicy, loadPolicy} from './exec-credential-policy.ts'
import {runPlugin} from './exec-credential-run.ts'
import {pairProblem} from './key-pair.ts'

interface Issued {
  readonly credentials: Credentials
  readonly expires: number
}

/**
 * Sign in with an exec credential plugin: run once for all requests that wait for it, again when what it issued has
 * run out or was refused (client-go 0.37 plugin/pkg/client/auth/exec; but see README.md: the refused GET is retried).
 */
export function execSignIn(exec: ExecConfig, cluster: Cluster, host: PluginHost): SignIn {
  let issued: Issued | undefined
  let running: Promise<Issued> | undefined
  const run = async () => {
    running ??= issue(exec, cluster, host).finally(() => {
      running = undefined
    })
    issued = await running
    return issued.credentials
  }
  return {
    credentials: async () =>
      issued && host.now() <= issued.expires && !running ? issued.credentials : run(),
    renew: async (refused) => (issued && issued.credentials !== refused ? issued.credentials : run()),
  }
}

async function issue(exec: ExecConfig, cluster: Cluster, host: PluginHost): Promise<Issued> {
  try {
    const interactive = isInteractive(exec, host.stdinIsTerminal)
    const path = checkPolicy(loadPolicy(host, host.kuberc), exec.command ?? '', host)
    host.beforeSignIn()
    return readAnswer(
      await runPlugin(exec, path, interactive, execInfo(exec, cluster, interactive), host),
      exec,
    )
  } catch (error) {
    if (error instanceof PluginError) throw signInError(`getting credentials: ${error.message}`)
    throw error
  }
}

function isInteractive(exec: ExecConfig, stdinIsTerminal: boolean): boolean {
  if (exec.interactiveMode === 'Never') return false
  if (exec.interactiveMode !== 'Always' || stdinIsTerminal) return stdinIsTerminal
  throw new PluginError('exec plugin cannot support interactive mode: standard input is not a terminal')
}

interface ExecCredential {
  readonly apiVersion?: unknown
  readonly kind?: unknown
  readonly status?: {
    readonly token?: string
    readonly clientCertificateData?: string
    readonly clientKeyData?: string
    readonly expirationTimestamp?: string
  } | null
}

// What the plugin wrote is never quoted: it may hold a credential.
function readAnswer(stdout: string, exec: ExecConfig): Issued {
  const {apiVersion, kind, status} = parse(stdout)
  if (apiVersion !== exec.apiVersion) throw new PluginError(otherVersion(exec.apiVersion, apiVersion))
  if (kind !== undefined && kind !== 'ExecCredential')
    throw new PluginError('decoding stdout: the kind is not ExecCredential')
  if (!status) throw new PluginError("exec plugin didn't return a status field")
  checkTexts(status)
  const {token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp} = status
  if (!token && !cert && !key) throw new PluginError("exec plugin didn't return a token or cert/key pair")
  if (!cert !== !key) throw new PluginError('exec plugin returned only certificate or key, not both')
  checkPair(cert, key)
  const expires = expirationTimestamp ? timeOf(expirationTimestamp) : Number.POSITIVE_INFINITY
  if (Number.isNaN(expires)) throw new PluginError('decoding stdout: expirationTimestamp is not a time')
  return {credentials: {authorization: token ? `Bearer ${token}` : undefined, cert, key}, expires}
}

// What begins with a brace is JSON, all else YAML, as client-go's decoders have it.
function parse(stdout: string): ExecCredential {
  try {
    const answer: unknown = /^[ \t\r\n]*\{/.test(stdout)
      ? JSON.parse(stdout)
      : goYaml(yamlText(Buffer.from(stdout)))
    if (typeof answer === 'object' && answer !== null && !Array.isArray(answer)) return answer
  } catch {}
  throw new PluginError("decoding stdout: couldn't get version/kind; json parse error")
}

/** NaN for what RFC 3339 does not take for a time. */
function timeOf(text: string): number {
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[-+]\d\d:\d\d)$/.test(text)
  return isTime ? Date.parse(text) : Number.NaN
}

/** @throws PluginError for a field that is no text; its value is never quoted */
function checkTexts(status: object): void {
  for (const [name, value] of Object.entries(status)) {
    if (!TEXTS.includes(name) || value === null || typeof value === 'string') continue
    throw new PluginError(`decoding stdout: ${name} of the status is not a string`)
  }
}

const TEXTS = ['token', 'clientCertificateData', 'clientKeyData', 'expirationTimestamp']

function otherVersion(configured: string | undefined, returned: unknown): string {
  const version = VERSION.test(String(returned ?? '')) ? String(returned ?? '') : 'that is none'
  return `exec plugin is configured to use API version ${configured}, plugin returned version ${version}`
}

function checkPair(cert: string | undefined, key: string | undefined): void {
  const problem = pairProblem(cert, key)
  if (problem !== undefined) throw new PluginError(`failed parsing client key/certificate: ${problem}`)
}

/** Anything else in its place may be a credential. */
const VERSION = /^([a-z0-9.]{1,50}\/v[0-9a-z]{1,10})?$/
