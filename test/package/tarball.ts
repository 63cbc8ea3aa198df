import {execFileSync} from 'node:child_process'
import {join} from 'node:path'

const root = join(import.meta.dirname, '../..')

/** What `npm publish` would send, in a folder. */
export function pack(folder: string): string {
  const args = ['pack', '--ignore-scripts', '--json', `--pack-destination=${folder}`]
  const [{filename}] = JSON.parse(execFileSync('npm', args, {cwd: root, encoding: 'utf8'}))
  return join(folder, filename)
}

/** `npm install --global` of it, as anybody would do it who has no registry; gives the folder of its commands. */
export function installGlobally(tarball: string, prefix: string): string {
  const args = ['install', '--global', '--offline', `--prefix=${prefix}`, tarball]
  execFileSync('npm', args, {cwd: prefix, stdio: ['ignore', 'ignore', 'inherit']})
  return join(prefix, 'bin')
}
