import {execFileSync, spawn} from 'node:child_process'
import {existsSync} from 'node:fs'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {expect, test} from 'vitest'
import {startControlPlane} from './control-plane.ts'
import {describeControlPlane} from './describe-control-plane.ts'
import {until} from './until.ts'

const processesOf = (folder: string) =>
  execFileSync('ps', ['-A', '-ww', '-o', 'args='], {encoding: 'utf8'})
    .split('\n')
    .filter((line) => line.includes(folder))

/** Starts `npm run control-plane`, without npm. */
async function play() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'play.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({input: child.stdout})) {
    const folder = line.match(/^export KUBECONFIG=(.*)\/admin\.kubeconfig$/)?.[1]
    if (folder) return {child, folder}
  }
  throw new Error('no export KUBECONFIG line')
}

describeControlPlane('what is left', () => {
  test('nothing after stop()', async () => {
    const {folder, stop} = await startControlPlane()
    expect(processesOf(folder).length).toBeGreaterThanOrEqual(5)
    await stop()
    expect(processesOf(folder)).toEqual([])
    expect(existsSync(folder)).toBe(false)
  })

  test.for(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('nothing after %s', async (signal) => {
    const {child, folder} = await play()
    child.kill(signal)
    await until(
      'its processes are gone',
      () => processesOf(folder),
      ({length}) => length === 0,
    )
    await until('its folder is gone', () => !existsSync(folder))
  })

  test('nothing after a component that refuses its flags, whose last lines are shown', async () => {
    const start = startControlPlane({schedulerArgs: ['--no-such-flag']})
    await expect(start).rejects.toThrow(/^kube-scheduler ended with code 1; its last lines:\n.*no-such-flag/s)
  })
})
