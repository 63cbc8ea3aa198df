import {spawnSync} from 'node:child_process'
import {mkdirSync, renameSync} from 'node:fs'
import {env} from 'node:process'
import {binariesFolder, binary, isBuilt} from './binaries.ts'
import {MODULE_FOLDER, requiredGoVersion, requiredVersion, TOOL_NAMES, TOOLS, type Tool} from './tools.ts'

function linkerFlags(): string {
  const version = requiredVersion('k8s.io/kubernetes')
  const [major, minor] = version.slice(1).split('.')
  const variables = {
    'k8s.io/component-base/version.gitVersion': version,
    'k8s.io/component-base/version.gitMajor': major,
    'k8s.io/component-base/version.gitMinor': minor,
    'k8s.io/component-base/version.gitCommit': 'go-module',
    'k8s.io/component-base/version.gitTreeState': 'archive',
    'k8s.io/client-go/pkg/version.gitVersion': version,
    'sigs.k8s.io/kwok/pkg/consts.Version': requiredVersion('sigs.k8s.io/kwok'),
  }
  const stamps = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`)
  return ['-s -w', ...stamps].join(' ')
}

function checkGo(): void {
  const wanted = requiredGoVersion()
  // GOTOOLCHAIN=local names the Go that is installed, before go.mod has it download a newer one.
  const go = spawnSync('go', ['env', 'GOVERSION'], {env: {...env, GOTOOLCHAIN: 'local'}, encoding: 'utf8'})
  if (go.error) throw new Error(`go ${wanted} or newer is needed to build the control plane: no go on the PATH`)
  const found = go.stdout.trim().replace(/^go/, '')
  if (isOlder(found, wanted)) throw new Error(`go ${wanted} or newer is needed to build the control plane: this is go ${found}`)
}

function isOlder(found: string, wanted: string): boolean {
  return found.localeCompare(wanted, 'en', {numeric: true}) < 0
}

function buildTool(tool: Tool, flags: string): void {
  const unfinished = `${binary(tool)}.${process.pid}.unfinished`
  const args = ['build', '-trimpath', '-ldflags', flags, '-o', unfinished, TOOLS[tool]]
  const {status} = spawnSync('go', args, {cwd: MODULE_FOLDER, stdio: 'inherit'})
  if (status !== 0) throw new Error(`go could not build ${tool}`)
  renameSync(unfinished, binary(tool))
}

function buildMissing(): void {
  mkdirSync(binariesFolder(), {recursive: true})
  const missing = TOOL_NAMES.filter(tool => !isBuilt(tool))
  if (missing.length > 0) checkGo()
  for (const tool of TOOL_NAMES) {
    const start = performance.now()
    const isMissing = missing.includes(tool)
    if (isMissing) buildTool(tool, linkerFlags())
    const seconds = ((performance.now() - start) / 1000).toFixed(0)
    console.log(isMissing ? `built ${tool} in ${seconds} s` : `${tool} is built already`)
  }
}

try {
  buildMissing()
  console.log(`the control plane is in ${binariesFolder()}`)
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
