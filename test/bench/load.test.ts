import {describe, expect, it} from 'vitest'
import {load} from '../../bench/loading/load.ts'
import {type Section, SMALL, shrunk} from '../../bench/size.ts'
import type {KubernetesObject} from '../../src/model/objects.ts'

const EMPTY = {nodes: 0, sets: 0}
const FOUR = shrunk(SMALL, 4)
const TWO = shrunk(SMALL, 2)

describe('the loader of the benchmark', () => {
  it('creates the same objects at once and in sections; only where they are differs', async () => {
    const atOnce = await loaded({from: EMPTY, to: TWO})
    const inSections = await loaded({from: EMPTY, to: FOUR}, {from: FOUR, to: TWO})
    expect(names(inSections)).toEqual(names(atOnce))
    expect(inSections.size).toBe(atOnce.size)
  })

  it('counts the Pods of a DaemonSet on all nodes, those of an earlier section included', async () => {
    const objects = await loaded({from: EMPTY, to: FOUR}, {from: FOUR, to: TWO})
    const {status} = objects.get('/apis/apps/v1/namespaces/kube-system/daemonsets/agent-0') ?? {}
    expect(status).toMatchObject({desiredNumberScheduled: TWO.nodes, currentNumberScheduled: TWO.nodes})
  })

  it('puts each Pod on a node that is there, and leaves holes and crashes', async () => {
    const objects = await loaded({from: EMPTY, to: SMALL})
    const pods = [...objects].filter(([path]) => path.includes('/pods/')).map(([, object]) => object)
    const nodes = pods.map(({spec}) => objects.has(`/api/v1/nodes/${spec?.nodeName}`))
    expect(new Set(nodes)).toEqual(new Set([true]))
    expect(pods).toHaveLength(SMALL.sets * SMALL.replicas - 1 + SMALL.nodes * SMALL.daemons)
    expect(pods.filter(({status}) => JSON.stringify(status).includes('CrashLoopBackOff'))).toHaveLength(2)
  })
})

/** Paths; of an attachment the name follows from its node. */
function names(objects: ReadonlyMap<string, Stored>): readonly string[] {
  return [...objects.keys()].filter((path) => !path.includes('/volumeattachments/')).toSorted()
}

type Stored = KubernetesObject & {
  readonly spec?: {readonly nodeName?: string}
  readonly status?: object
}

/** What a server that only keeps what it is sent has afterwards; it refuses to create anything twice. */
async function loaded(...sections: readonly Section[]): Promise<ReadonlyMap<string, Stored>> {
  const objects = new Map<string, Stored>()
  const request = async (method: string, path: string, body?: unknown) => {
    if (method === 'GET') return {code: 200, body: objects.get(path)}
    const object = body as Stored
    const at = method === 'POST' ? `${path}/${object.metadata?.name}` : path.replace(/\/status$/, '')
    const code = objects.has(at) === (method === 'PUT') ? 200 : 409
    const kept = {...object, metadata: {...object.metadata, uid: at}}
    objects.set(at, kept)
    return {code, body: kept}
  }
  for (const section of sections) await load({request}, section, () => {})
  return objects
}
