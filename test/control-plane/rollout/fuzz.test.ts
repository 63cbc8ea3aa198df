import {env} from 'node:process'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {type Lockstep, startLockstep} from '../lockstep/lockstep.ts'
import {type Played, type Plural, played} from '../lockstep/play.ts'
import {isTelling, type Sync} from '../lockstep/syncs.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {seeded} from '../tools/seeded.ts'
import {randomEvent, randomNodeEvent} from './random-events.ts'
import {randomDaemonSet, randomStatefulSet} from './random-sets.ts'
import {addNode} from './scripts.ts'

const SEED = Number(env.ROLLOUT_SEED ?? Math.floor(Math.random() * 1_000_000))
const SYNCS = Number(env.ROLLOUT_SYNCS ?? 150)
const STATEFUL_SETS = 12
const DAEMON_SETS = 8
const NODES = Array.from({length: 5}, (_, index) => `node-${index}`)
/** Then all begin again, with other sets. */
const TURNS = 20

interface Counts {
  turns: number
  events: number
  refused: number
}

function summary(syncs: readonly Sync[], {turns, events, refused}: Counts): string {
  const count = (isIt: (sync: Sync) => boolean) => syncs.filter(isIt).length
  const waits = Map.groupBy(syncs, ({workload}) => workload.next.waitsFor?.reason ?? 'nothing')
  return [
    `${syncs.length} syncs compared in ${turns} turns`,
    `${count(({acts}) => acts.length > 0)} of them with actions`,
    `${count(({foreseen}) => foreseen > 1)} with several syncs`,
    `${count(({workload: {next}}) => next.choose !== null)} with a choice`,
    `${events} events, ${refused} more refused`,
    `waiting for ${[...waits].map(([reason, {length}]) => `${reason} ${length}`).join(', ')}`,
  ].join('; ')
}

const GATE = '--feature-gates=StatefulSetRecreateStrategy=true'

interface Subject {
  readonly plural: Plural
  readonly set: Played
}

describeControlPlane('rollouts and the real controllers', () => {
  let lockstep: Lockstep
  const random = seeded(SEED)
  const syncs: Sync[] = []
  const counts: Counts = {turns: 0, events: 0, refused: 0}

  beforeAll(async () => {
    lockstep = await startLockstep({apiServerArgs: [GATE], controllerManagerArgs: [GATE]})
    for (const node of [...NODES, 'steady']) await addNode(lockstep.controlPlane, node)
  })

  afterAll(() => lockstep?.stop())

  const begin = async (round: number): Promise<readonly Subject[]> => {
    const subject = async (plural: Plural, index: number) => {
      const name = `${plural.slice(0, -4)}-${round}-${index}`
      const set = played(lockstep, plural, name)
      const named = {name, namespace: lockstep.namespace}
      await set.create(
        plural === 'statefulsets'
          ? randomStatefulSet(random, named, 'steady')
          : randomDaemonSet(random, named, NODES),
      )
      return {plural, set}
    }
    const subjects: Subject[] = []
    for (let index = 0; index < STATEFUL_SETS; index++) subjects.push(await subject('statefulsets', index))
    for (let index = 0; index < DAEMON_SETS; index++) subjects.push(await subject('daemonsets', index))
    return subjects
  }

  const disturb = async (subjects: readonly Subject[]) => {
    if (random.chance(30)) await randomNodeEvent(lockstep.controlPlane, NODES, random)
    for (const {plural, set} of subjects) {
      if (!random.chance(35)) continue
      if (await randomEvent(set, plural, random)) counts.events++
      else counts.refused++
    }
  }

  const clear = async () => {
    const {controlPlane, namespace} = lockstep
    const all = '?gracePeriodSeconds=0&propagationPolicy=Background'
    for (const plural of ['statefulsets', 'daemonsets'])
      await controlPlane.request('DELETE', `/apis/apps/v1/namespaces/${namespace}/${plural}${all}`)
    await controlPlane.request('DELETE', `/api/v1/namespaces/${namespace}/pods${all}`)
  }

  const telling = () => syncs.filter(isTelling)

  test(
    `agree at ${SYNCS} syncs (ROLLOUT_SEED=${SEED})`,
    async () => {
      for (let round = 0; telling().length < SYNCS; round++) {
        const subjects = await begin(round)
        for (let turn = 0; turn < TURNS && telling().length < SYNCS; turn++) {
          if (turn > 1) await disturb(subjects)
          syncs.push(...(await lockstep.turn()))
          counts.turns++
        }
        await clear()
      }
      console.log(`ROLLOUT_SEED=${SEED}: ${summary(telling(), counts)}`)
      expect(syncs.flatMap(({wrong = []}) => wrong)).toEqual([])
    },
    SYNCS * 2000,
  )
})
