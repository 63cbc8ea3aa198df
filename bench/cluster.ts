import {constants, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type ControlPlane, startControlPlane} from '../test/control-plane/tools/control-plane.ts'
import {startGuard} from '../test/control-plane/tools/start-guard.ts'
import {load} from './loading/load.ts'
import type {Tell} from './loading/write.ts'
import {type Section, type Size, sizeName} from './size.ts'

/** A folder in which loaded clusters are kept for other runs: the one that is given, or else until this run ends. */
export interface Store {
  readonly folder: string
  readonly close: () => Promise<void>
}

export function openStore(kept: string | undefined): Store {
  if (kept !== undefined) return {folder: kept, close: async () => {}}
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-stateful-bench-'))
  return {folder, close: startGuard(folder).finish}
}

/** A store that ends with this run and begins with what is kept of that size, for those who change what is loaded. */
export function openCopy(kept: string | undefined, size: Size): Store {
  const store = openStore(undefined)
  const home = kept && join(kept, sizeName(size))
  if (home && existsSync(loadedMark(home))) copy(home, join(store.folder, sizeName(size)))
  return store
}

function copy(from: string, to: string): void {
  cpSync(from, to, {recursive: true, mode: constants.COPYFILE_FICLONE})
}

/** Lets `use` work with a cluster of that size, which grows out of the smaller one unless it is in the store. */
export async function withCluster<T>(
  {folder}: Store,
  size: Size,
  smaller: Size | undefined,
  tell: Tell,
  use: (cluster: ControlPlane) => Promise<T>,
): Promise<T> {
  const home = join(folder, sizeName(size))
  const isLoaded = existsSync(loadedMark(home))
  if (!isLoaded) begin(home, smaller && join(folder, sizeName(smaller)))
  const cluster = await start(join(home, 'etcd'))
  try {
    if (!isLoaded) {
      tell(`loading ${sizeName(size)}`)
      await load(cluster, {from: smaller ?? NOTHING, to: size}, tell)
      writeFileSync(loadedMark(home), '')
    }
    return await use(cluster)
  } finally {
    await cluster.stop()
  }
}

const NOTHING: Section['from'] = {nodes: 0, sets: 0}

const loadedMark = (home: string): string => join(home, 'loaded')

function begin(home: string, smaller: string | undefined): void {
  rmSync(home, {recursive: true, force: true})
  mkdirSync(home, {recursive: true})
  if (smaller) copy(join(smaller, 'etcd'), join(home, 'etcd'))
}

/** Without controllers: nothing may change or collect what is loaded, and events have to last. */
function start(etcd: string): Promise<ControlPlane> {
  return startControlPlane({
    kwok: false,
    controllers: false,
    patience: 300_000,
    etcdArgs: [`--data-dir=${etcd}`, '--quota-backend-bytes=8589934592'],
    apiServerArgs: [
      '--max-requests-inflight=800',
      '--max-mutating-requests-inflight=400',
      '--event-ttl=87600h',
    ],
  })
}
