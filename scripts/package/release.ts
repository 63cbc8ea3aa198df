import {createHash} from 'node:crypto'
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import pkg from '../../package.json' with {type: 'json'}
import {root} from '../bundle.ts'
import {signedAdHoc} from './ad-hoc-signature.ts'
import {archiveOf} from './archive.ts'
import {executableOf} from './executable.ts'
import {type Archive, krewManifest} from './krew.ts'
import {nodeFor, nodeLicense} from './node.ts'
import {archiveName, executableName, own, type Platform, platforms} from './platforms.ts'
import {withoutSignature} from './unsigned-exe.ts'

/** Where a release lies: the homepage of package.json. While there is none, a place that can't exist stands for it. */
export const HOME =
  (pkg as {readonly homepage?: string}).homepage ?? 'https://example.invalid/kubectl-stateful'

/** Archives of the platforms, their checksums, and the manifest for krew; of this platform the executable as well. */
export async function packageInto(folder: string, names: readonly string[]): Promise<readonly Archive[]> {
  mkdirSync(folder, {recursive: true})
  const archives: Archive[] = []
  // one by one: each takes half a gigabyte
  for (const name of names) archives.push(await packaged(name, folder))
  // as `sha256sum --check` reads it
  const sums = archives.map(({sha256, name}) => `${sha256}  ${name}\n`)
  writeFileSync(join(folder, 'checksums.txt'), sums.join(''))
  writeFileSync(join(folder, 'stateful.yaml'), krewManifest(archives, pkg.version, HOME))
  return archives
}

/** Bytes that an archive may have. */
const MOST = 50e6

async function packaged(of: string, folder: string): Promise<Archive> {
  const platform = platforms[of] as Platform
  const executable = executableFor(platform, await nodeFor(of))
  if (of === own) {
    writeFileSync(join(folder, executableName(platform)), executable, {mode: 0o755})
    writeFileSync(join(folder, 'LICENSE.node'), nodeLicense())
  }
  const archive = await archiveOf([
    {name: executableName(platform), bytes: executable, isExecutable: true},
    ...['LICENSE', 'NOTICE'].map((file) => ({name: file, bytes: readFileSync(join(root, file))})),
    {name: 'LICENSE.node', bytes: nodeLicense()},
  ])
  const name = archiveName(platform, pkg.version)
  if (archive.length > MOST)
    throw new Error(`${name} has ${archive.length} bytes, and krew holds it in memory`)
  writeFileSync(join(folder, name), archive)
  const sha256 = createHash('sha256').update(archive).digest('hex')
  return {platform, name, sha256, megabytes: (archive.length / 1e6).toFixed(1)}
}

/** Node's own signatures do not outlive what is put into it: macOS needs another one, Windows needs none. */
function executableFor({os}: Platform, node: Buffer): Buffer {
  if (os === 'darwin') return signedAdHoc(executableOf(node), 'kubectl-stateful')
  return executableOf(os === 'windows' ? withoutSignature(node) : node)
}
