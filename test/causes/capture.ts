import {execFile} from 'node:child_process'
import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {startControlPlane} from '../control-plane/control-plane.ts'
import {later} from '../control-plane/coverage-later.ts'
import {type CapturedCause, NAMESPACE} from './captured-cause.ts'
import {causes} from './index.ts'

const plugin = join(import.meta.dirname, '../../bin/run.js')

/** Makes them anew on a real control plane each, all or those named: `npm run causes:capture -- quota-exceeded`. */
async function capture(
  name: string,
  {arrange, later: minutes = 0, isWhole = false}: CapturedCause,
): Promise<void> {
  const controlPlane = await startControlPlane()
  try {
    await controlPlane.createNamespace(NAMESPACE)
    await arrange(controlPlane)
    const env = {...process.env, ...later(minutes).env, KUBECONFIG: controlPlane.kubeconfig}
    const args = [plugin, 'snapshot', ...(isWhole ? ['-A'] : ['-n', NAMESPACE])]
    const {stdout} = await promisify(execFile)(process.execPath, args, {env, maxBuffer: 1 << 28})
    await writeFile(join(import.meta.dirname, 'captured', `${name}.yaml`), stdout)
  } finally {
    await controlPlane.stop()
  }
}

const wanted = process.argv.slice(2)
for (const [name, cause] of Object.entries(causes)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.log(name)
  await capture(name, cause)
}
