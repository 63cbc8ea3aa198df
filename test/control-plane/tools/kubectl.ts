import {spawn} from 'node:child_process'
import {join} from 'node:path'
import {text} from 'node:stream/consumers'
import {binary} from './binaries.ts'
import type {Layout} from './layout.ts'

export interface KubectlResult {
  readonly stdout: string
  readonly stderr: string
  readonly code: number
}

export interface KubectlOptions {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
}

export interface Kubectl {
  /** The real kubectl, as `admin` unless the environment names another KUBECONFIG. */
  readonly kubectl: (args: readonly string[], options?: KubectlOptions) => Promise<KubectlResult>
  /** Server-side apply of objects or of YAML text. */
  readonly apply: (manifests: string | object | readonly object[]) => Promise<void>
}

export function createKubectl(layout: Layout): Kubectl {
  const defaults = {
    KUBECONFIG: layout.kubeconfig('admin'),
    KUBECACHEDIR: join(layout.folder, 'kubectl-cache'),
  }
  const kubectl = (args: readonly string[], {input, env}: KubectlOptions = {}) =>
    run(args, {...process.env, ...defaults, ...env}, input)
  const apply = async (manifests: string | object | readonly object[]) => {
    const args = ['apply', '--server-side', '--force-conflicts', '-f', '-']
    const {code, stderr} = await kubectl(args, {input: toText(manifests)})
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`)
  }
  return {kubectl, apply}
}

function toText(manifests: string | object | readonly object[]): string {
  if (typeof manifests === 'string') return manifests
  const items = Array.isArray(manifests) ? manifests : [manifests]
  return JSON.stringify({apiVersion: 'v1', kind: 'List', items})
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv, input?: string): Promise<KubectlResult> {
  const kubectl = spawn(binary('kubectl'), args, {env})
  const code = new Promise<number>((resolve, reject) => {
    kubectl.once('error', reject)
    kubectl.once('close', (exitCode) => resolve(exitCode ?? 1))
  })
  // kubectl may end before it has read its input.
  kubectl.stdin.on('error', () => {})
  kubectl.stdin.end(input)
  const [stdout, stderr] = await Promise.all([text(kubectl.stdout), text(kubectl.stderr)])
  return {stdout, stderr, code: await code}
}
