import {join} from 'node:path'
import {readSavedDocuments} from '../src/cluster/saved-documents.ts'
import {gathering} from '../src/cluster/snapshot-file.ts'
import {readLive} from '../src/command-line/reading.ts'
import type {ClaimUsage} from '../src/model/usage.ts'
import {render} from '../src/render/index.ts'
import {sectionOf, type TextOptions} from '../src/render/view.ts'
import {mapView} from '../src/render/views/map.ts'
import {mapWithUsageQuestion} from '../src/reports/map/question.ts'
import {connectionTo} from './api-server.ts'
import type {Ran} from './transcript.ts'

const MI = 2 ** 20
const GI = 2 ** 30

/** Three ordinals with two claims each, in a cluster that was captured. */
const FILE = join(import.meta.dirname, 'scenarios/start-five-two-templates/cluster.yaml')

/** Of 10Gi and some inodes; what is free is what tells. */
function figures(claim: string, nodeName: string, free: number, measuredAt: string): ClaimUsage {
  const capacityBytes = 10 * GI
  const [inodes, inodesUsed] = [655_360, 1200]
  const used = {usedBytes: capacityBytes - free, inodesUsed, inodesFree: inodes - inodesUsed}
  return {
    namespace: 'shop',
    claim,
    nodeName,
    capacityBytes,
    availableBytes: free,
    inodes,
    ...used,
    measuredAt,
  }
}

async function cluster() {
  const gathered = gathering()
  for (const document of await readSavedDocuments([FILE])) gathered.add(document)
  const snapshot = gathered.snapshot()
  const at = snapshot.observedAt
  return {
    ...snapshot,
    usage: [
      figures('data-db-5', 'node-a', 12 * MI, at),
      figures('archive-db-5', 'node-a', 6042 * MI, at),
      figures('data-db-6', 'node-b', 5325 * MI, at),
      figures('data-db-7', 'node-c', 4915 * MI, at),
      figures('archive-db-7', 'node-c', 6144 * MI, at),
    ],
  }
}

/** What `map sts/db -n shop --usage` prints where kubelets tell that: no file does, so a stand-in for the API server is asked. */
export async function runUsage(): Promise<Ran> {
  const facts = await cluster()
  const scope = {namespace: 'shop', names: [{resource: 'statefulSets', name: 'db'} as const]}
  const reading = {connection: connectionTo(facts), chunkSize: 0, onProgress: () => {}}
  const seen = await readLive(reading, mapWithUsageQuestion, scope)
  const report = mapWithUsageQuestion.build({...seen, observedAt: facts.observedAt}, scope)
  const sections = (options: TextOptions) => mapView(report, options).map(sectionOf)
  const surroundings = {title: '', before: [], after: []}
  const options = {isColored: false, isWide: false, hasHeaders: true, hasNamespaces: false}
  const lines = await render({report, names: [], sections, surroundings}, 'table', options)
  return {stdout: [...lines].map((line) => `${line}\n`).join(''), stderr: '', code: 0}
}
