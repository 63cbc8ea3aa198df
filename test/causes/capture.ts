import {execFile} from 'node:child_process'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {writeCaptured} from '../captured-file.ts'
import {clockAhead} from '../control-plane/tools/clock-ahead.ts'
import {startControlPlane} from '../control-plane/tools/control-plane.ts'
import {type CapturedCause, NAMESPACE} from './captured-cause.ts'
import {causes} from './index.ts'

const plugin = join(import.meta.dirname, '../../bin/run.js')

/** Captures them again on a real control plane each, all or those named: `npm run causes:capture -- quota-exceeded`. */
async function capture(
  name: string,
  {arrange, later: minutes = 0, isWhole = false, apiServerArgs = []}: CapturedCause,
): Promise<void> {
  const controlPlane = await startControlPlane({apiServerArgs})
  try {
    await controlPlane.createNamespace(NAMESPACE)
    await arrange(controlPlane)
    const env = {...process.env, ...clockAhead(minutes).env, KUBECONFIG: controlPlane.kubeconfig}
    const args = [plugin, 'snapshot', ...(isWhole ? ['-A'] : ['-n', NAMESPACE])]
    const {stdout} = await promisify(execFile)(process.execPath, args, {env, maxBuffer: 1 << 28})
    const file = join(import.meta.dirname, 'captured', `${name}.yaml`)
    await writeCaptured(file, stdout, `npm run causes:capture -- ${name}`)
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
