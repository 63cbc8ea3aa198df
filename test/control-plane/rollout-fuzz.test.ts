import {env} from 'node:process'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {describeControlPlane} from './describe-control-plane.ts'
import {type Lockstep, startLockstep} from './lockstep.ts'
import {isTelling, type Moment} from './lockstep-moments.ts'
import {type Played, type Plural, played} from './lockstep-play.ts'
import {randomEvent, randomNodeEvent} from './rollout-random-events.ts'
import {randomDaemonSet, randomStatefulSet} from './rollout-random-sets.ts'
import {addNode} from './rollout-scripts.ts'
import {seeded} from './seeded.ts'

const SEED = Number(env.ROLLOUT_SEED ?? Math.floor(Math.random() * 1_000_000))
const MOMENTS = Number(env.ROLLOUT_MOMENTS ?? 150)
const STATEFUL_SETS = 12
const DAEMON_SETS = 8
const NODES = Array.from({length: 5}, (_, index) => `node-${index}`)
/** Then all begin anew, with other sets. */
const TURNS = 20

interface Counts {
  turns: number
  events: number
  refused: number
}

function summary(moments: readonly Moment[], {turns, events, refused}: Counts): string {
  const count = (isIt: (moment: Moment) => boolean) => moments.filter(isIt).length
  const waits = Map.groupBy(moments, ({workload}) => workload.next.waitsFor?.reason ?? 'nothing')
  return [
    `${moments.length} moments compared in ${turns} turns`,
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
  const moments: Moment[] = []
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

  const telling = () => moments.filter(isTelling)

  test(
    `agree at ${MOMENTS} moments (ROLLOUT_SEED=${SEED})`,
    async () => {
      for (let round = 0; telling().length < MOMENTS; round++) {
        const subjects = await begin(round)
        for (let turn = 0; turn < TURNS && telling().length < MOMENTS; turn++) {
          if (turn > 1) await disturb(subjects)
          moments.push(...(await lockstep.turn()))
          counts.turns++
        }
        await clear()
      }
      console.log(`ROLLOUT_SEED=${SEED}: ${summary(telling(), counts)}`)
      expect(moments.flatMap(({wrong = []}) => wrong)).toEqual([])
    },
    MOMENTS * 2000,
  )
})
