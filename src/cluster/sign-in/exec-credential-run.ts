import {spawn} from 'node:child_process'
import type {ExecConfig} from '../kubeconfig/types.ts'
import {PluginError, type PluginHost} from './exec-credential-host.ts'

const NOT_INSTALLED = `

It looks like you are trying to use a client-go credential plugin that is not installed.

To learn more about this feature, consult the documentation available at:
      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins`

/**
 * Run a credential plugin and return what it wrote to stdout. No shell, our stderr, our stdin only if `interactive`.
 * @throws PluginError in client-go's words (0.37 exec.go wrapCmdRunErrorLocked).
 */
export async function runPlugin(
  exec: ExecConfig,
  path: string | undefined,
  interactive: boolean,
  info: string,
  {env}: PluginHost,
): Promise<string> {
  const added = Object.fromEntries((exec.env ?? []).map(({name, value}) => [name ?? '', value ?? '']))
  const {promise, resolve, reject} = Promise.withResolvers<string>()
  if (path === undefined) throw startError(NOT_THERE, exec)
  const child = spawn(path, exec.args ?? [], {
    env: {...env, ...added, KUBERNETES_EXEC_INFO: info},
    stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'inherit'],
    shell: false,
    windowsHide: true,
  })
  const chunks: Buffer[] = []
  let length = 0
  child.stdout?.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    length += chunk.length
    if (length <= MOST) return
    child.kill()
    child.stdout?.destroy()
    reject(new PluginError(`exec: ${exec.command} wrote more than ${MOST >> 20} MiB`))
  })
  child.on('error', (error) => reject(startError(error, exec)))
  child.on('close', (code) =>
    code === 0 ? resolve(Buffer.concat(chunks).toString()) : reject(exitError(code, exec)),
  )
  return await promise
}

/** No credential is as long; some programs have no end of words. */
const MOST = 16 << 20

const NOT_THERE = Object.assign(new Error(), {code: 'ENOENT'})

function startError(error: Error & {readonly code?: string}, exec: ExecConfig): PluginError {
  if (error.code === 'EACCES') return new PluginError(`exec: fork/exec ${exec.command}: permission denied`)
  if (error.code !== 'ENOENT') return new PluginError(`exec: ${exec.command}: ${error.code ?? error.message}`)
  const hint = exec.installHint ? `\n\n${exec.installHint}` : ''
  return new PluginError(`exec: executable ${exec.command} not found${NOT_INSTALLED}${hint}`)
}

// Ended by a signal, Go reports the exit code -1.
function exitError(code: number | null, exec: ExecConfig): PluginError {
  return new PluginError(`exec: executable ${exec.command} failed with exit code ${code ?? -1}`)
}
