import {execFile} from 'node:child_process'
import {readdir} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {writeCaptured} from '../captured-file.ts'
import {stand} from '../control-plane/situations/standing.ts'
import {type ControlPlane, startControlPlane} from '../control-plane/tools/control-plane.ts'
import type {Situation, Taken} from './situation.ts'

const plugin = join(import.meta.dirname, '../../bin/run.js')

/**
 * Captures scenarios again on a real control plane each, all or those named: `npm run scenarios:capture -- claim-lost`.
 * Those that are to be old stand side by side. Afterwards `npx vitest run test/scenarios.test.ts -u` writes the golden
 * files, to be reviewed by eye.
 */
async function capture(name: string): Promise<{readonly done: Promise<void>}> {
  const {situation} = (await import(join(import.meta.dirname, name, 'situation.ts'))) as {
    situation: Situation
  }
  const controlPlane = await startControlPlane()
  try {
    const taken = await situation(controlPlane)
    return {done: finish(name, controlPlane, taken)}
  } catch (error) {
    await controlPlane.stop()
    throw error
  }
}

async function finish(name: string, controlPlane: ControlPlane, taken: Taken): Promise<void> {
  const {flags, kubeconfig = controlPlane.kubeconfig, age = 0} = taken
  try {
    await stand(controlPlane, age)
    const env = {...process.env, KUBECONFIG: kubeconfig}
    const args = [plugin, 'snapshot', ...flags]
    const {stdout} = await promisify(execFile)(process.execPath, args, {env, maxBuffer: 1 << 28})
    const file = join(import.meta.dirname, name, 'cluster.yaml')
    await writeCaptured(file, stdout, `npm run scenarios:capture -- ${name}`)
  } finally {
    await controlPlane.stop()
  }
}

const all = (await readdir(import.meta.dirname, {withFileTypes: true})).filter((entry) => entry.isDirectory())
const chosen = process.argv.length > 2 ? process.argv.slice(2) : all.map(({name}) => name)
const standing: Promise<void>[] = []
for (const name of chosen) {
  console.log(name)
  standing.push((await capture(name)).done)
}
await Promise.all(standing)
