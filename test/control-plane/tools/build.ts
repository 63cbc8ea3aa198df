import {spawnSync} from 'node:child_process'
import {mkdirSync, renameSync} from 'node:fs'
import {areBinariesBuilt, binariesFolder, binary, isBuilt} from './binaries.ts'
import {MODULE_FOLDER, requiredVersion, TOOL_NAMES, TOOLS, type Tool} from './go-modules.ts'

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
  const needed = `go ${requiredVersion('go')} or newer is needed to build the control plane`
  // Asked in the module's folder, a Go since 1.21 answers as the newer Go it would switch to.
  const go = spawnSync('go', ['env', 'GOVERSION'], {cwd: MODULE_FOLDER, encoding: 'utf8'})
  if (go.error) throw new Error(`${needed}: there is no go on the PATH`)
  if (go.status !== 0) throw new Error(`${needed}: ${go.stderr.trim()}`)
  const found = go.stdout.trim().replace(/^go/, '')
  if (isOlder(found, requiredVersion('go'))) throw new Error(`${needed}: this is go ${found}`)
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
  if (!areBinariesBuilt()) checkGo()
  const flags = linkerFlags()
  for (const tool of TOOL_NAMES) {
    process.stdout.write(`${tool}: `)
    console.log(isBuilt(tool) ? 'built already' : `built in ${timed(() => buildTool(tool, flags))} s`)
  }
}

function timed(run: () => void): string {
  const start = performance.now()
  run()
  return ((performance.now() - start) / 1000).toFixed(0)
}

try {
  buildMissing()
  console.log(`the control plane is in ${binariesFolder()}`)
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
}
