import {env} from 'node:process'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {type Played, play} from './play.ts'

const SEED = Number(env.WHAT_IF_SEED ?? 820_743)
const COUNT = Number(env.WHAT_IF_COUNT ?? 99)
/** The same in each run, unless other ones are asked for. */
const SEEDS = [
  ...(env.WHAT_IF_SEED ? [] : [2000]),
  ...Array.from({length: COUNT}, (_, index) => SEED + index),
]
/** So many at once, each on nodes of its own. */
const LANES = 10

function summary(played: readonly Played[]): string {
  const by = (what: 'action' | 'state') =>
    [...Map.groupBy(played, (each) => each[what])].map(([each, {length}]) => `${each} ${length}`).join(', ')
  return `WHAT_IF_SEED=${SEED}: ${played.length} asked, then done (${by('action')}; ${by('state')})`
}

describeControlPlane('what-if', () => {
  let controlPlane: ControlPlane
  let plugin: Plugin

  beforeAll(async () => {
    controlPlane = await startControlPlane()
    plugin = installPlugin(controlPlane)
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  test(
    `says what then happens (WHAT_IF_SEED=${SEED})`,
    async () => {
      const played: Played[] = []
      let next = 0
      const inLane = async () => {
        for (let index = next++; index < SEEDS.length; index = next++)
          played.push(await play(controlPlane, plugin, SEEDS[index] ?? 0))
      }
      await Promise.all(Array.from({length: LANES}, inLane))
      console.log(summary(played))
      expect(played.flatMap(({faults}) => faults)).toEqual([])
    },
    60_000 + SEEDS.length * 20_000,
  )
})
