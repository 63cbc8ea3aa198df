import {mkdtempSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {own, platforms} from '../../scripts/package/platforms.ts'
import {packageInto} from '../../scripts/package/release.ts'

/** Whether there is a Node for this machine that is put into executables; on macOS it would have to be signed first. */
export const isPackagedHere = Object.hasOwn(platforms, own) && process.platform === 'linux'
if (!isPackagedHere) console.log(`no executable is made for ${own}: tests that run it are skipped`)

/** A folder with all that `npm run package` makes for this machine, which goes with the process. */
export async function packagedFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-stateful-packages-'))
  process.once('exit', () => rmSync(folder, {recursive: true}))
  await packageInto(folder, [own])
  return folder
}
