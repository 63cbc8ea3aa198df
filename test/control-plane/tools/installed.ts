import {mkdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {delimiter, dirname, join} from 'node:path'
import {executableOf} from '../../../scripts/package/executable.ts'
import {areNodesHere, NODES, nodeOf} from '../../package/nodes.ts'
import {isPackagedHere} from '../../package/packaged.ts'
import {installGlobally, pack} from '../../package/tarball.ts'
import {areBinariesRequired} from './binaries.ts'

/** What somebody has who has installed the plugin in one way: a PATH, on which nothing else is. */
export interface Installation {
  readonly how: string
  /** The Node that it says it is run by. */
  readonly node: string
  readonly path: (folder: string) => string
}

const lacksNodes = !areNodesHere() && !areBinariesRequired()
if (lacksNodes) console.log('npm run nodes brings the older Nodes that the package is tested with')

/** By npm, with every Node that is supported, and as the executable, without any. */
export const installations: readonly Installation[] = [
  ...(lacksNodes ? [] : Object.keys(NODES)).map((version) => byNpm(version, dirname(nodeOf(version)))),
  byNpm(process.versions.node, dirname(process.execPath)),
  ...(isPackagedHere
    ? [{how: 'as the executable', node: process.versions.node, path: (folder: string) => executable(folder)}]
    : []),
]

function byNpm(version: string, node: string): Installation {
  const path = (folder: string) => [npmPrefix(folder), node].join(delimiter)
  return {how: `by npm, with Node ${version}`, node: version, path}
}

const prefixes = new Map<string, string>()
function npmPrefix(folder: string): string {
  const prefix = join(folder, 'npm')
  const bin = prefixes.get(prefix)
  if (bin !== undefined) return bin
  mkdirSync(prefix)
  prefixes.set(prefix, installGlobally(pack(folder), prefix))
  return npmPrefix(folder)
}

/** Linked as krew does it, with the link for TAB that its notes name. */
function executable(folder: string): string {
  const [store, bin] = [join(folder, 'krew/store'), join(folder, 'krew/bin')] as const
  for (const each of [store, bin]) mkdirSync(each, {recursive: true})
  writeFileSync(join(store, 'kubectl-stateful'), executableOf(readFileSync(process.execPath)), {mode: 0o755})
  symlinkSync(join(store, 'kubectl-stateful'), join(bin, 'kubectl-stateful'))
  symlinkSync('kubectl-stateful', join(bin, 'kubectl_complete-stateful'))
  return bin
}
