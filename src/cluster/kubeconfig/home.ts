import {accessSync, constants, statSync} from 'node:fs'
import {join} from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The folder that holds `.kube`, as client-go finds it (0.37 util/homedir); empty if there is none. */
export function homeFolder(env: Environment, platform: NodeJS.Platform): string {
  return platform === 'win32' ? windowsHome(env) : (env.HOME ?? '')
}

// The two orders differ on purpose: %USERPROFILE% is where other tools write, %HOMEDRIVE%%HOMEPATH% where old files are.
function windowsHome(env: Environment): string {
  const {HOME: home = '', USERPROFILE: profile = ''} = env
  const drive = env.HOMEDRIVE && env.HOMEPATH ? env.HOMEDRIVE + env.HOMEPATH : ''
  const withConfig = [home, drive, profile].find(
    (path) => path !== '' && exists(join(path, '.kube', 'config')),
  )
  if (withConfig !== undefined) return withConfig
  const set = [home, profile, drive].filter((path) => path !== '')
  return set.find(isWriteable) ?? set.find(exists) ?? set[0] ?? ''
}

function exists(path: string): boolean {
  return statSync(path, {throwIfNoEntry: false}) !== undefined
}

function isWriteable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}
