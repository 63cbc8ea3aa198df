import {spawnSync} from 'node:child_process'
import {existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync} from 'node:fs'
import {homedir, tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {root} from './bundle.ts'

// `npm run krew`, after `npm run package`: what krew itself says of the manifest, and does with the archive. It is built with
// Go, once, in a minute or two. A kubectl on the PATH, or KUBECTL, starts what was installed.
const VERSION = 'v0.5.0'
const PROGRAMS = ['krew', 'validate-krew-manifest'] as const
const built = join(
  process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
  'kubectl-stateful',
  `krew-${VERSION}`,
)
const packages = join(root, 'packages')
const manifest = join(packages, 'stateful.yaml')

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const shown = [command.split('/').at(-1), ...args].join(' ').replaceAll(packages, 'packages')
  console.log(`$ ${shown}`)
  const {status, stdout, stderr, error} = spawnSync(command, args, {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  process.stdout.write(`${stderr}${stdout}`)
  if (error) throw error
  if (status !== 0) throw new Error(`${shown} ended with ${status}`)
  return stdout
}

for (const each of PROGRAMS)
  if (!existsSync(join(built, each)))
    run('go', ['install', `sigs.k8s.io/krew/cmd/${each}@${VERSION}`], {...process.env, GOBIN: built})

const home = mkdtempSync(join(tmpdir(), 'kubectl-stateful-krew-'))
try {
  const bin = join(home, 'bin')
  mkdirSync(bin)
  symlinkSync(join(built, 'krew'), join(bin, 'kubectl-krew'))
  const kubectl = process.env.KUBECTL ?? 'kubectl'
  const KREW_ROOT = join(home, '.krew')
  // no folder with a Node on it
  const env = {HOME: home, KREW_ROOT, PATH: [bin, join(KREW_ROOT, 'bin')].join(delimiter)}
  const found = kubectl.includes('/') ? kubectl : pathTo(kubectl)

  run(join(built, 'validate-krew-manifest'), ['-manifest', manifest, '-skip-install'])
  const archive = readdirSync(packages).find((name) => name.endsWith(ownEnding()))
  if (archive === undefined) throw new Error('no archive for this platform: npm run package')
  run(found, ['krew', 'install', `--manifest=${manifest}`, `--archive=${join(packages, archive)}`], env)
  run(found, ['plugin', 'list'], env)
  run(found, ['stateful', '--version'], env)
  run(found, ['stateful', 'map', '-f', join(root, 'examples/stuck-rollout.yaml'), '--findings=none'], env)
  // what the caveats of the manifest say
  symlinkSync('kubectl-stateful', join(KREW_ROOT, 'bin/kubectl_complete-stateful'))
  const words = run(found, ['__complete', 'stateful', 'ma'], env)
  if (!words.startsWith('map\t')) throw new Error('TAB offers nothing')
} finally {
  rmSync(home, {recursive: true})
}

function ownEnding(): string {
  const [os, arch] = [process.platform === 'win32' ? 'windows' : process.platform, process.arch]
  return `_${os}_${arch === 'x64' ? 'amd64' : arch}.tar.gz`
}

function pathTo(name: string): string {
  const folder = (process.env.PATH ?? '').split(delimiter).find((each) => existsSync(join(each, name)))
  if (folder === undefined) throw new Error(`no ${name} on the PATH: set KUBECTL to its path`)
  return join(folder, name)
}
