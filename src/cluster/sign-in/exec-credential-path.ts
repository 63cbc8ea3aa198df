import {accessSync, constants, statSync} from 'node:fs'
import {delimiter, isAbsolute, join} from 'node:path'
import type {Host} from '../kubeconfig/kubeconfig.ts'

/**
 * The program a command stands for, found as Go's exec.LookPath does; undefined if there is none. Relative entries of
 * PATH are passed over: Go refuses what it finds there.
 */
export function lookPath(
  command: string,
  {env, platform}: Pick<Host, 'env' | 'platform'>,
): string | undefined {
  const endings = platform === 'win32' ? windowsEndings(command, env.PATHEXT) : ['']
  const isPath = command.includes('/') || (platform === 'win32' && command.includes('\\'))
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter(isAbsolute)
  const places = isPath ? [command] : folders.map((folder) => join(folder, command))
  return places.flatMap((place) => endings.map((ending) => place + ending)).find(isExecutable)
}

/** A file without an ending is no program there, though it may lie beside one, as a script for other systems. */
function windowsEndings(command: string, list: string | undefined): readonly string[] {
  const own = /\.[^:\\/]*$/.test(command) ? [''] : []
  return [...own, ...(list || '.com;.exe;.bat;.cmd').toLowerCase().split(';').filter(Boolean)]
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
