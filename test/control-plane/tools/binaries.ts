import {existsSync} from 'node:fs'
import {homedir} from 'node:os'
import {join} from 'node:path'
import {env} from 'node:process'
import {moduleHash, TOOL_NAMES, type Tool} from './go-modules.ts'

export const NOT_BUILT =
  'control plane not built: npm run control-plane:build (Go needed, about five minutes) runs the tests that need it'

export function binariesFolder(): string {
  if (env.KUBECTL_STATEFUL_CONTROL_PLANE) return env.KUBECTL_STATEFUL_CONTROL_PLANE
  const cache = env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(cache, 'kubectl-stateful', 'control-plane', moduleHash())
}

export const binary = (tool: Tool): string => join(binariesFolder(), tool)

export const isBuilt = (tool: Tool): boolean => existsSync(binary(tool))

export const areBinariesBuilt = (): boolean => TOOL_NAMES.every(isBuilt)

export const areBinariesRequired = (): boolean => env.KUBECTL_STATEFUL_REQUIRE_CONTROL_PLANE === '1'
