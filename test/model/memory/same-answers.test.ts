import {expect, test} from 'vitest'
import {createMemory} from '../../../src/model/memory/memory.ts'
import {type KubernetesObject, keyOf} from '../../../src/model/objects.ts'
import {type ClusterSnapshot, observedKeys} from '../../../src/model/snapshot.ts'
import {clusters} from '../../clusters-by-cause.ts'
import {askedOf} from '../../every-question.ts'

/** As a server lists them. */
function listed(cluster: ClusterSnapshot): ClusterSnapshot {
  const lists = observedKeys.map((key) => {
    const objects: readonly KubernetesObject[] = cluster[key]
    return [key, objects.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))]
  })
  return {...cluster, ...Object.fromEntries(lists)}
}

/** Later, so that nothing that depends on the clock is believed any more. */
function later(cluster: ClusterSnapshot, days: number): ClusterSnapshot {
  const then = new Date(Date.parse(cluster.observedAt) + days * 86_400_000)
  return {...cluster, observedAt: then.toISOString().replace('.000', '')}
}

/** A copy that is equal and not the same. */
function anew(objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return structuredClone(objects)
}

/** What may become of a cluster, one after the other: things go, come back, are others, and cannot be seen. */
function* fates(cluster: ClusterSnapshot): Generator<ClusterSnapshot> {
  yield cluster
  for (const key of observedKeys) {
    const objects: readonly KubernetesObject[] = cluster[key]
    if (objects.length === 0) continue
    yield {...cluster, [key]: objects.slice(1)}
    yield {...cluster, [key]: objects.slice(0, -1)}
    yield {...cluster, [key]: [...anew(objects.slice(0, 1)), ...objects.slice(1)]}
    yield {...cluster, [key]: []}
    yield {...cluster, unread: [key]}
    yield {
      ...cluster,
      omissions: [{resource: key.toLowerCase(), reason: 'Forbidden', message: 'no'}],
      [key]: [],
    }
  }
  yield later(cluster, 1)
  yield later(cluster, 30)
}

function text(answer: object): string {
  return JSON.stringify(answer)
}

/** Of so many clusters one: all of them take minutes. */
const EACH = 40

test('whatever happens to a cluster, who remembers answers as one who looks for the first time', async () => {
  const ofAll = clusters.filter((_, index) => index % EACH === 0)
  for (const {name, read} of ofAll) {
    // what kubelets say can't be watched
    const {usage: _, ...cluster} = listed(await read())
    for (const {text: words, question, scope} of askedOf(cluster)) {
      if (!words.endsWith('-A')) continue
      const memory = createMemory()
      let fate = 0
      for (const now of fates(cluster)) {
        const what = `${words} of ${name}, fate ${fate++}`
        expect(text(question.more(now, scope, memory)), what).toBe(text(question.more(now, scope)))
        expect(text(question.build(now, scope, memory)), what).toBe(text(question.build(now, scope)))
      }
    }
  }
})
