import {afterAll, beforeAll, expect, test} from 'vitest'
import type {ControlPlaneOptions} from './control-plane.ts'
import {describeControlPlane} from './describe-control-plane.ts'
import {type Lockstep, startLockstep} from './lockstep.ts'
import {type Play, playAll} from './lockstep-play.ts'
import type {Rollout} from './rollout-scripts.ts'
import {addNode} from './rollout-scripts.ts'
import {DAEMON_SETS} from './rollout-scripts-daemon-set.ts'
import {GATE_OFF} from './rollout-scripts-gate-off.ts'
import {OBSTACLES} from './rollout-scripts-obstacles.ts'
import {PLAIN} from './rollout-scripts-stateful-set.ts'

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
        const moments = play?.workload.moments ?? []
        expect(moments.flatMap(({wrong = []}) => wrong)).toEqual([])
        if (play?.error()) throw play.error()
        expect(moments.filter(({acts}) => acts.length > 0).length).toBeGreaterThanOrEqual(acted)
      })
  })
}

predicted('StatefulSets', [...PLAIN, ...OBSTACLES], 'StatefulSetRecreateStrategy=true')
predicted('without maxUnavailable', GATE_OFF, 'MaxUnavailableStatefulSet=false')
predicted('DaemonSets', DAEMON_SETS, 'MaxUnavailableStatefulSet=true')
