import {expect, test} from 'vitest'
import {resourceKeys} from '../src/cluster/resources.ts'
import {readFrom} from '../src/command-line/reading.ts'
import {looksAt as claim} from '../src/diagnosis/claim/index.ts'
import {looksAt as daemonSet} from '../src/diagnosis/daemon-set/index.ts'
import {looksAt as disruption} from '../src/diagnosis/disruption/index.ts'
import {looksAt as pod} from '../src/diagnosis/pod/index.ts'
import {looksAt as statefulSet} from '../src/diagnosis/stateful-set/index.ts'
import {looksAt as rollout} from '../src/diagnosis/stateful-set/rollout/index.ts'
import {looksAt as workload} from '../src/diagnosis/workload/index.ts'
import type {ResourceKey} from '../src/model/snapshot.ts'
import {clusters} from './clusters-by-cause.ts'
import {askedOf} from './every-question.ts'

const ofStatefulSets = [...pod, ...claim, ...statefulSet, ...rollout, ...workload, ...disruption]
const ofDaemonSets = [...pod, ...daemonSet, ...workload, ...disruption]
const ofAll = [...ofStatefulSets, ...ofDaemonSets]

/**
 * What the rules that each question asks look at, and which of these kinds it never reads: that these rules then take
 * nothing for missing is proven by diagnosis/unread.test.ts.
 */
const QUESTIONS: Readonly<
  Record<string, {looksAt: readonly ResourceKey[]; neverRead: readonly ResourceKey[]}>
> = {
  map: {looksAt: ofStatefulSets, neverRead: ['podDisruptionBudgets']},
  coverage: {
    looksAt: ofDaemonSets,
    neverRead: [
      'persistentVolumeClaims',
      'persistentVolumes',
      'podDisruptionBudgets',
      'statefulSets',
      'storageClasses',
      'volumeAttachments',
    ],
  },
  rollout: {looksAt: ofAll, neverRead: ['endpointSlices', 'podDisruptionBudgets', 'services']},
  status: {looksAt: ofAll, neverRead: ['endpointSlices', 'podDisruptionBudgets', 'services']},
  why: {looksAt: ofAll, neverRead: []},
}

/** All kinds that a question reads in some cluster of those that show a cause. */
async function kindsReadBy(command: string): Promise<ReadonlySet<string>> {
  const kinds = new Set<string>()
  for (const {read} of clusters) {
    const cluster = await read()
    for (const {text, question, scope} of askedOf(cluster)) {
      if (!text.startsWith(command) || kinds.size === resourceKeys.length) continue
      const {unread = [], ...seen} = await readFrom(cluster, question, scope)
      for (const kind of resourceKeys) if (kind in seen && !unread.includes(kind)) kinds.add(kind)
    }
  }
  return kinds
}

test.for(Object.entries(QUESTIONS))(
  '%s reads what its rules look at',
  async ([command, {looksAt, neverRead}]) => {
    const kinds = await kindsReadBy(command)
    const missing = new Set(looksAt.filter((kind) => !kinds.has(kind)))
    expect([...missing].toSorted()).toEqual(neverRead.toSorted())
  },
)
