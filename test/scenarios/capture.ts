import {execFile} from 'node:child_process'
import {readdir, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {startControlPlane} from '../control-plane/control-plane.ts'
import type {Situation} from './situation.ts'

const plugin = join(import.meta.dirname, '../../bin/run.js')

/**
 * Makes scenarios anew on a real control plane, all or those named: `npm run scenarios:capture -- claim-lost`.
 * Afterwards `npx vitest run test/scenarios.test.ts -u` writes the golden files, to be reviewed by eye.
 */
async function capture(name: string): Promise<void> {
  const folder = join(import.meta.dirname, name)
  const {situation} = (await import(join(folder, 'situation.ts'))) as {situation: Situation}
  const controlPlane = await startControlPlane()
  try {
    const {flags, kubeconfig = controlPlane.kubeconfig} = await situation(controlPlane)
    const env = {...process.env, KUBECONFIG: kubeconfig}
    const args = [plugin, 'snapshot', ...flags]
    const {stdout} = await promisify(execFile)(process.execPath, args, {env, maxBuffer: 1 << 28})
    await writeFile(join(folder, 'cluster.yaml'), stdout)
  } finally {
    await controlPlane.stop()
  }
}

const all = (await readdir(import.meta.dirname, {withFileTypes: true})).filter((entry) => entry.isDirectory())
const chosen = process.argv.length > 2 ? process.argv.slice(2) : all.map(({name}) => name)
for (const name of chosen) {
  console.log(name)
  await capture(name)
}
