import {setTimeout as sleep} from 'node:timers/promises'
import type {Connection} from '../../../src/cluster/connection.ts'
import {ask, type Plural} from '../lockstep/play.ts'
import {headlessService} from '../situations/workloads.ts'
import type {ControlPlane} from '../tools/control-plane.ts'
import {seeded} from '../tools/seeded.ts'
import {until} from '../tools/until.ts'
import {type Answers, isAtRest, watching} from './healthy-answers.ts'
import {happen, helper, type Subject} from './healthy-events.ts'
import {anyDaemonSet, anyStatefulSet, budget, WARMING_UP} from './healthy-sets.ts'
import {classOf, disks, STORAGES, slowDriver} from './healthy-storage.ts'

interface Stage {
  readonly controlPlane: ControlPlane
  readonly connection: Connection
  readonly seed: number
  readonly index: number
  readonly lane: string
  readonly nodes: readonly string[]
}

export interface Played {
  readonly answers: readonly Answers[]
  readonly events: readonly string[]
  /** Each with the moment when it was given first, and what there was. */
  readonly alarms: readonly string[]
  /** What did not come to rest, and so was not well. */
  readonly unfinished: readonly string[]
}

/** More disks than it ever has Pods. */
const DISKS = 9
const PATIENCE = 60_000

/** A workload of that seed, whose creation has just been asked for. */
async function prepare({controlPlane, seed, index, lane, nodes}: Stage) {
  const random = seeded(seed)
  const isStateful = seed % 3 !== 2
  const plural: Plural = isStateful ? 'statefulsets' : 'daemonsets'
  const storage = isStateful ? random.pick(STORAGES) : 'none'
  const namespace = `well-${index}`
  const where = {name: isStateful ? 'db' : 'agent', namespace, lane}
  const workload = isStateful ? anyStatefulSet(random, where, storage) : anyDaemonSet(random, where)
  const isOnDelete = workload.spec?.updateStrategy?.type === 'OnDelete'
  const subject: Subject = {
    ...{api: controlPlane, name: where.name, namespace, plural, lane, nodes, isOnDelete},
    hasVolumes: storage !== 'none',
  }
  await controlPlane.createNamespace(namespace)
  if (storage !== 'none') await ask(controlPlane, 'POST', CLASSES, classOf(namespace, storage))
  if (storage.startsWith('local'))
    for (const disk of disks(namespace, nodes, DISKS)) await ask(controlPlane, 'POST', VOLUMES, disk)
  if (isStateful) await post(subject, 'api/v1', 'services', headlessService('db', namespace))
  if (random.chance(40)) await post(subject, 'apis/policy/v1', 'poddisruptionbudgets', budget(where, plural))
  await post(subject, 'apis/apps/v1', plural, workload)
  return {random, storage, workload, subject}
}

/** One workload from its creation to its end, and what is answered all the while. */
export async function begin(stage: Stage): Promise<Played> {
  const {controlPlane, connection, seed, nodes} = stage
  const {random, storage, workload, subject} = await prepare(stage)
  const {namespace, plural, name} = subject
  const annotations = workload.spec?.template.metadata?.annotations ?? {}
  const isWarming = Object.keys(WARMING_UP).some((key) => annotations[key] === WARMING_UP[key])
  const stops = [
    ...(isWarming ? [helper(subject)] : []),
    ...(storage.startsWith('provisioned') ? [slowDriver(controlPlane, namespace, nodes)] : []),
  ]
  const watched = watching(connection, {namespace, plural, name, lane: stage.lane})
  const atRest = async () => {
    const from = watched.answers.length + 1
    await until(`${namespace} is at rest`, () => watched.answers.slice(from).some(isAtRest), Boolean, {
      timeout: PATIENCE,
    })
  }
  const events: string[] = []
  const unfinished: string[] = []
  try {
    for (let event = 0; event < 3; event++) {
      if (random.chance(50)) await atRest()
      else await sleep(300 + random.below(3000))
      events.push(await happen(subject, random))
    }
    await atRest()
  } catch (error) {
    const {state, reason, next} = watched.answers.at(-1)?.workload ?? {}
    const last = JSON.stringify({state, reason, waitsFor: next?.waitsFor})
    unfinished.push(`CAUSES_SEED=${seed} CAUSES_SITUATIONS=1 ${events.join(' ')}: ${error}\n${last}`)
  }
  const answers = await watched.end()
  for (const stop of stops) await stop()
  const {template: _, selector: __, ...rules} = workload.spec ?? {}
  const title = `CAUSES_SEED=${seed} CAUSES_SITUATIONS=1 (${storage}, ${JSON.stringify({...rules, annotations})})`
  const alarms = firstAlarms(answers).map((alarm) => `${title} ${events.join(' ')}: ${alarm}`)
  await remove(subject)
  return {answers, events, alarms, unfinished}
}

const CLASSES = '/apis/storage.k8s.io/v1/storageclasses'
const VOLUMES = '/api/v1/persistentvolumes'

function post({api, namespace}: Subject, group: string, plural: string, object: object): Promise<void> {
  return ask(api, 'POST', `/${group}/namespaces/${namespace}/${plural}`, object)
}

function firstAlarms(answers: readonly Answers[]): readonly string[] {
  const first = new Map<string, string>()
  answers.forEach(({alarms, workload: {state, steps}}, index) => {
    const pods = steps.map(({pod, state, status: word}) => `${pod} ${state} ${word}`).join(', ')
    for (const alarm of alarms)
      if (!first.has(alarm))
        first.set(alarm, `${alarm}\n  answer ${index} of ${answers.length}, ${state}: ${pods}`)
  })
  return [...first.values()]
}

async function remove({api, plural, namespace, name}: Subject): Promise<void> {
  await ask(api, 'DELETE', `/apis/apps/v1/namespaces/${namespace}/${plural}/${name}`)
}
