import {createHash} from 'node:crypto'
import {gunzipSync} from 'node:zlib'
import {unpackTar} from 'modern-tar'
import {NODE_VERSION, platforms} from './package/platforms.ts'

// `npm run node:official`: whether the Node of each platform, as scripts/package/platforms.ts has its checksum, is the one that
// nodejs.org publishes. It takes a network that leads there, so that only the release asks it.
const BASE = `https://nodejs.org/dist/v${NODE_VERSION}`

async function download(path: string): Promise<Buffer> {
  const response = await fetch(`${BASE}/${path}`)
  if (!response.ok) throw new Error(`${BASE}/${path}: ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}

async function nodeIn(archive: Buffer): Promise<Buffer> {
  const isNode = (path: string) => path.endsWith('/bin/node')
  const [entry] = await unpackTar(gunzipSync(archive), {filter: ({name}) => isNode(name)})
  return Buffer.from(entry?.data ?? [])
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const sums = (await download('SHASUMS256.txt')).toString()

for (const [name, platform] of Object.entries(platforms)) {
  const path = platform.os === 'windows' ? 'win-x64/node.exe' : `node-v${NODE_VERSION}-${name}.tar.gz`
  const file = await download(path)
  if (!sums.includes(`${sha256(file)}  ${path}\n`)) throw new Error(`${path} is not what SHASUMS256.txt says`)
  const node = platform.os === 'windows' ? file : await nodeIn(file)
  if (sha256(node) !== platform.sha256) throw new Error(`${platform.node} does not carry the Node of ${path}`)
  console.log(`${platform.node}: the Node of ${path}`)
}
