/** What the servers of these tests have: a StatefulSet that is stuck, and DaemonSets that are refused and stuck. */
import {join} from 'node:path'
import {readSavedDocuments} from '../../src/cluster/saved-documents.ts'
import {fromDocuments} from '../../src/cluster/snapshot-file.ts'
import type {ClusterSnapshot} from '../../src/model/snapshot.ts'

export async function capturedCluster(...scenarios: readonly string[]): Promise<ClusterSnapshot> {
  const files = scenarios.map((name) => join(import.meta.dirname, '../scenarios', name, 'cluster.yaml'))
  return fromDocuments(await readSavedDocuments(files))
}
