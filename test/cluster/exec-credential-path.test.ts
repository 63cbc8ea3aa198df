import {mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {lookPath} from '../../src/cluster/sign-in/exec-credential-path.ts'
import {temporaryFolder} from './fake-server.ts'

/** A folder of programs, all of which may be run. */
function folderOf(...names: readonly string[]): string {
  const folder = join(temporaryFolder(), 'programs')
  mkdirSync(folder)
  for (const name of names) writeFileSync(join(folder, name), '', {mode: 0o755})
  return folder
}

test.for([
  ['login', ['login', 'login.exe'], 'login.exe'],
  ['login.exe', ['login.exe'], 'login.exe'],
  ['login.v2', ['login.v2.exe'], 'login.v2.exe'],
  ['login', ['login.cmd', 'login.com'], 'login.com'],
  ['login', ['login'], undefined],
] as const)('on Windows %s, of %s, is %s', ([command, names, expected]) => {
  const folder = folderOf(...names)
  const found = lookPath(command, {env: {PATH: folder}, platform: 'win32'})
  expect(found).toBe(expected && join(folder, expected))
})

test('elsewhere a program is called what its file is called', () => {
  const folder = folderOf('login', 'login.exe')
  expect(lookPath('login', {env: {PATH: folder}, platform: 'linux'})).toBe(join(folder, 'login'))
  expect(lookPath('log', {env: {PATH: folder}, platform: 'linux'})).toBeUndefined()
})
