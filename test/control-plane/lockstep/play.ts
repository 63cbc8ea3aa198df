import type {V1Pod, V1PodList, V1PodStatus} from '@kubernetes/client-node'
import {type Behaviour, setBehaviour, setPodStatus} from '../situations/behaviours.ts'
import type {ApiClient} from '../tools/api-client.ts'
import type {Lockstep} from './lockstep.ts'
import type {Sync} from './syncs.ts'

/** One workload and what a test does to it while the controllers stand still. */
export interface Played {
  readonly api: ApiClient
  readonly namespace: string
  readonly name: string
  /** Of all turns so far. */
  readonly syncs: readonly Sync[]
  readonly create: (workload: object) => Promise<void>
  /** Changes fields of its spec, as a merge patch does. */
  readonly edit: (spec: object) => Promise<void>
  /** Another Pod template: another label `version`, and these annotations. */
  readonly roll: (version: number, annotations?: Readonly<Record<string, string | null>>) => Promise<void>
  readonly pods: () => Promise<readonly V1Pod[]>
  /** The label `version` of each Pod that is not terminating, by name; of a DaemonSet by node. */
  readonly versions: () => Promise<Readonly<Record<string, string | undefined>>>
  readonly deletePod: (pod: string) => Promise<void>
  readonly behave: (pod: string, behaviour: Behaviour) => Promise<void>
  readonly setStatus: (pod: string, status: V1PodStatus) => Promise<void>
}

/** What is done between turns; each `yield` is a turn. */
export type Script = (workload: Played) => AsyncGenerator<void, void, void>

export type Plural = 'statefulsets' | 'daemonsets'

export function played({controlPlane, namespace}: Lockstep, plural: Plural, name: string): Played {
  const sets = `/apis/apps/v1/namespaces/${namespace}/${plural}`
  const podsPath = `/api/v1/namespaces/${namespace}/pods`
  const edit = (spec: object) => ask(controlPlane, 'PATCH', `${sets}/${name}`, {spec})
  const pods = async () => {
    const {items} = await controlPlane.get<V1PodList>(podsPath)
    return items.filter(({metadata}) => metadata?.ownerReferences?.[0]?.name === name)
  }
  return {
    api: controlPlane,
    namespace,
    name,
    syncs: [],
    create: (workload) => ask(controlPlane, 'POST', sets, workload),
    edit,
    roll: (version, annotations = {}) =>
      edit({template: {metadata: {labels: {version: String(version)}, annotations}}}),
    pods,
    versions: async () => Object.fromEntries((await pods()).filter(isStaying).map(versionOf)),
    deletePod: (pod) => ask(controlPlane, 'DELETE', `${podsPath}/${pod}`),
    behave: (pod, behaviour) => setBehaviour(controlPlane, namespace, pod, behaviour),
    setStatus: (pod, status) => setPodStatus(controlPlane, namespace, pod, status),
  }
}

const isStaying = ({metadata}: V1Pod) => metadata?.deletionTimestamp === undefined

function versionOf({metadata, spec}: V1Pod): readonly [string, string | undefined] {
  const isDaemon = metadata?.ownerReferences?.[0]?.kind === 'DaemonSet'
  return [(isDaemon ? spec?.nodeName : metadata?.name) ?? '', metadata?.labels?.version]
}

export async function ask(api: ApiClient, method: string, path: string, body?: object): Promise<void> {
  const answer = await api.request(method, path, body)
  if (answer.code >= 300)
    throw new Error(`${method} ${path}: ${answer.code} ${JSON.stringify(answer.body).slice(0, 300)}`)
}

/** A script under way. */
export interface Play {
  readonly workload: Played
  readonly error: () => unknown
}

/** Plays all scripts at once: each turn is one of all workloads. */
export async function playAll(
  lockstep: Lockstep,
  scripts: readonly {readonly plural: Plural; readonly name: string; readonly script: Script}[],
): Promise<ReadonlyMap<string, Play>> {
  const plays = scripts.map(({plural, name, script}) => begin(played(lockstep, plural, name), script))
  while (await someGoOn(plays)) {
    const syncs = await lockstep.turn()
    for (const {workload, add} of plays) add(syncs.filter(({workload: {name}}) => name === workload.name))
  }
  return new Map(plays.map((play) => [play.workload.name, play]))
}

interface Running extends Play {
  readonly add: (syncs: readonly Sync[]) => void
  /** Up to the next turn; false when there is none. */
  readonly goOn: () => Promise<boolean>
}

async function someGoOn(plays: readonly Running[]): Promise<boolean> {
  return (await Promise.all(plays.map(({goOn}) => goOn()))).some(Boolean)
}

function begin(workload: Played, script: Script): Running {
  const syncs: Sync[] = []
  const steps = script({...workload, syncs})
  let error: unknown
  const goOn = async () => {
    try {
      return (await steps.next()).done !== true
    } catch (thrown) {
      error = thrown
      return false
    }
  }
  return {
    workload: {...workload, syncs},
    error: () => error,
    add: (more) => void syncs.push(...more),
    goOn,
  }
}

const PATIENCE = 60

/** Turns until one in which nothing was to be done, and before which nothing had changed since the last one. */
export async function* untilQuiet({syncs, name}: Played): AsyncGenerator<void, void, void> {
  for (let turn = 0; turn < PATIENCE; turn++) {
    yield
    const [before, last] = syncs.slice(-2)
    if (last?.acts.length === 0 && before?.podsAfter.join() === last.pods.join()) return
  }
  throw new Error(`${name} is never done; it ends with:\n${syncs.at(-1)?.podsAfter.join('\n')}`)
}

/** Turns until that holds of the last one. */
export async function* untilSync(
  {syncs, name}: Played,
  isIt: (sync: Sync) => boolean,
): AsyncGenerator<void, void, void> {
  for (let turn = 0; turn < PATIENCE; turn++) {
    yield
    const last = syncs.at(-1)
    if (last && isIt(last)) return
  }
  throw new Error(`${name}: never ${isIt}; it ends with:\n${syncs.at(-1)?.podsAfter.join('\n')}`)
}
