import {execFileSync} from 'node:child_process'
import {createHash} from 'node:crypto'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {unpackTar} from 'modern-tar'
import {NODE_VERSION, own, type Platform, platforms} from './platforms.ts'

type From = Pick<Platform, 'node' | 'sha256'>

/** Node for a platform: the one that runs this if it is for the same, else out of the npm package that carries it. */
export async function nodeFor(name: string): Promise<Buffer> {
  const platform = platforms[name] as Platform
  if (name === own) return checked(readFileSync(process.execPath), platform, NODE_VERSION)
  return await packedNode(platform, NODE_VERSION)
}

/** @throws Error unless it is the very file that is known: a package can be replaced, and so can what is installed here. */
export function checked(node: Buffer, from: From, version: string): Buffer {
  const sha256 = createHash('sha256').update(node).digest('hex')
  if (sha256 === from.sha256) return node
  throw new Error(
    `Node of ${from.node}@${version} has the checksum ${sha256}, not ${from.sha256} as is written down here`,
  )
}

/** The Node that an npm package carries. */
export async function packedNode(from: From, version: string): Promise<Buffer> {
  const {node} = from
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-stateful-node-'))
  try {
    const args = ['pack', `${node}@${version}`, '--silent', `--pack-destination=${folder}`]
    const file = execFileSync('npm', args, {encoding: 'utf8', cwd: folder}).trim()
    const isNode = (path: string) => /^package\/bin\/node(\.exe)?$/.test(path)
    const tar = gunzipSync(readFileSync(join(folder, file)))
    const [entry] = await unpackTar(tar, {filter: (header) => isNode(header.name)})
    if (!entry?.data) throw new Error(`${node}@${version} has no Node in it`)
    return checked(Buffer.from(entry.data), from, version)
  } finally {
    rmSync(folder, {recursive: true})
  }
}

/** The licences of Node and of all that is in it, out of the package of the Node that runs this. */
export function nodeLicense(): Buffer {
  const {node} = platforms[own] as Platform
  return readFileSync(join(process.execPath, '../../node_modules', node, 'LICENSE'))
}
