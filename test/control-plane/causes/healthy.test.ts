import {env} from 'node:process'
import {setTimeout as sleep} from 'node:timers/promises'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {Connection} from '../../../src/cluster/connection.ts'
import {addNodes, node} from '../situations/nodes.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {connected} from './asking.ts'
import {begin, type Played} from './healthy-play.ts'

const SEED = Number(env.CAUSES_SEED ?? Math.floor(Math.random() * 1_000_000))
const SITUATIONS = Number(env.CAUSES_SITUATIONS ?? 40)
/** What was once called wrong, or still is, is played every time. */
const ALWAYS = env.CAUSES_SEED ? [] : [163_773]
const SEEDS = [...ALWAYS, ...Array.from({length: SITUATIONS - ALWAYS.length}, (_, index) => SEED + index)]
/** So many at once, each on nodes of its own. */
const LANES = 7
const PAUSE = 100

const nodesOf = (lane: number) => ['a', 'b', 'c'].map((letter) => `lane-${lane}-${letter}`)

function summary(played: readonly Played[]): string {
  const answers = played.flatMap((each) => each.answers)
  const states = Map.groupBy(answers, ({workload}) => workload.state)
  const events = Map.groupBy(
    played.flatMap((each) => each.events),
    (event) => event,
  )
  const counted = (groups: ReadonlyMap<string, readonly unknown[]>) =>
    [...groups].map(([what, {length}]) => `${what} ${length}`).join(', ')
  return `CAUSES_SEED=${SEED}: ${answers.length} answers about ${played.length} situations (${counted(states)}); ${counted(events)}`
}

describeControlPlane('what is well', () => {
  let controlPlane: ControlPlane
  let connection: Connection

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    connection = await connected(controlPlane)
    const nodes = Array.from({length: LANES}, (_, lane) =>
      nodesOf(lane).map((name) => node(name, {zone: `zone-${lane}`, labels: {lane: String(lane)}})),
    )
    await addNodes(controlPlane, nodes.flat())
  })

  afterAll(async () => {
    await connection?.close()
    await stopAfterReadsOnly(controlPlane)
  })

  test(
    `is never called wrong while things move (CAUSES_SEED=${SEED})`,
    async () => {
      const played: Played[] = []
      let next = 0
      const inLane = async (lane: number) => {
        await sleep(lane * PAUSE)
        for (let index = next++; index < SEEDS.length; index = next++) {
          const where = {lane: String(lane), nodes: nodesOf(lane)}
          played.push(await begin({controlPlane, connection, seed: SEEDS[index] ?? 0, index, ...where}))
        }
      }
      await Promise.all(Array.from({length: LANES}, (_, lane) => inLane(lane)))
      console.log(summary(played))
      expect(played.flatMap(({alarms}) => alarms)).toEqual([])
      // on a busy machine one of them may not come to rest in time, which is no alarm
      expect(played.flatMap(({unfinished}) => unfinished).slice(1)).toEqual([])
    },
    60_000 + SITUATIONS * 10_000,
  )
})
