import {afterAll, beforeAll, expect, test} from 'vitest'
import {type Lockstep, startLockstep} from '../lockstep/lockstep.ts'
import {type Play, playAll} from '../lockstep/play.ts'
import type {ControlPlaneOptions} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import type {Rollout} from './scripts.ts'
import {addNode} from './scripts.ts'
import {DAEMON_SETS} from './scripts-daemon-set.ts'
import {GATE_OFF} from './scripts-gate-off.ts'
import {OBSTACLES} from './scripts-obstacles.ts'
import {PLAIN} from './scripts-stateful-set.ts'

const MINUTES = 60_000

function predicted(what: string, rollouts: readonly Rollout[], gate: string): void {
  describeControlPlane(`the next step is foreseen: ${what}`, () => {
    let lockstep: Lockstep
    let plays: ReadonlyMap<string, Play>

    beforeAll(async () => {
      const gates: ControlPlaneOptions = {
        apiServerArgs: [`--feature-gates=${gate}`],
        controllerManagerArgs: [`--feature-gates=${gate}`],
      }
      lockstep = await startLockstep(gates)
      for (const index of [0, 1]) await addNode(lockstep.controlPlane, `shared-${index}`)
      plays = await playAll(lockstep, rollouts)
    }, 4 * MINUTES)

    afterAll(() => lockstep?.stop())

    for (const {title, name, acted} of rollouts)
      test(title, () => {
        const play = plays.get(name)
        const syncs = play?.workload.syncs ?? []
        expect(syncs.flatMap(({wrong = []}) => wrong)).toEqual([])
        if (play?.error()) throw play.error()
        expect(syncs.filter(({acts}) => acts.length > 0).length).toBeGreaterThanOrEqual(acted)
      })
  })
}

predicted('StatefulSets', [...PLAIN, ...OBSTACLES], 'StatefulSetRecreateStrategy=true')
predicted('without maxUnavailable', GATE_OFF, 'MaxUnavailableStatefulSet=false')
predicted('DaemonSets', DAEMON_SETS, 'MaxUnavailableStatefulSet=true')
