import {kubectl} from '../../diagnosis/kubectl-command.ts'
import type {Expectations} from '../../model/foretold/aftermath.ts'
import {type Lost, leavesOnceOff, lose, SILENT, secondsOnSilent, unready} from '../../model/foretold/lose.ts'
import {recount} from '../../model/foretold/recount.ts'
import {isSaidOff} from '../../model/node.ts'
import {controllerOf, keyOf, type Node, nameOf, type Pod} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'
import {type Answer, answer} from './answer.ts'
import {changeOf} from './daemon-changes.ts'
import {expectationsOf} from './expectations.ts'
import {fateOf, goneFate} from './fates.ts'
import {loseEnd} from './lose-end.ts'
import {movedWorkloads} from './moved.ts'
import {lossesWithPods} from './pod-losses.ts'
import type {PodFate, WhatIfStep} from './report.ts'
import {worstFirst} from './retained.ts'
import {actionsIn, actionsOn, step} from './steps.ts'

/** Nodes fall silent, and do not come back. */
export function whatIfLost(
  nodes: readonly Node[],
  relations: Relations,
  neverReady: readonly string[],
): Answer {
  const expected = expectationsOf(neverReady, relations)
  const lost = lose(nodes, relations, expected)
  const pods = fatesOf(lost, expected, relations)
  const moves = [
    {...lost.byItself, evicted: [...lost.terminating, ...lost.staying]},
    {...lost.onceOff, evicted: []},
  ]
  const workloads = movedWorkloads(moves, lost.onceOff.world, relations)
  const names = new Set(nodes.map(nameOf))
  const silent = (node: Node): Node =>
    names.has(nameOf(node))
      ? {...node, spec: {...node.spec, taints: [...(node.spec?.taints ?? []), ...SILENT]}}
      : node
  return answer({
    steps: stepsOf(lost, nodes.every(isSaidOff)),
    end: loseEnd(nodes, pods, workloads, lost),
    losses: worstFirst(lossesWithPods(lost.terminating, relations)),
    pods,
    workloads,
    daemonSets: recount(
      {node: silent, pod: (pod) => (names.has(pod.spec?.nodeName ?? '') ? unready(pod) : pod)},
      relations,
    ).map(changeOf),
    volumesOutOfReach: lost.volumes.map(nameOf),
    command: commandOf(nodes.filter((node) => !isSaidOff(node))),
  })
}

function stepsOf(
  {terminating, down, holding, byItself, onceOff}: Lost,
  areSaidOff: boolean,
): readonly WhatIfStep[] {
  const first = step({
    waitsFor: `the node to be silent for 50 seconds${patienceOf(terminating)}`,
    actions: [...actionsOn(terminating, 'Terminate'), ...created(byItself)],
    unavailable: [...terminating, ...down].map(nameOf),
  })
  const gone = [
    ...terminating.filter((pod) => controllerOf(pod)?.kind === 'StatefulSet'),
    ...holding,
    ...down.filter(leavesOnceOff),
  ]
  const second = step({
    round: 2,
    waitsFor: areSaidOff
      ? 'nobody: the taint node.kubernetes.io/out-of-service says already that the machine is off'
      : 'somebody to say that the machine is off: the taint node.kubernetes.io/out-of-service, or the node deleted',
    actions: [...actionsOn(gone, 'Delete'), ...created(onceOff)],
  })
  return [first, ...(gone.length > 0 ? [second] : [])]
}

function patienceOf(terminating: readonly Pod[]): string {
  const longest = Math.max(0, ...terminating.filter((pod) => !isTerminating(pod)).map(secondsOnSilent))
  return longest > 0 ? `, and up to ${longest} seconds more (tolerationSeconds)` : ''
}

function created({courses}: Lost['byItself']) {
  return actionsIn(courses).filter(({action}) => action === 'Create')
}

function fatesOf(
  {terminating, staying, down, holding, byItself, onceOff}: Lost,
  expected: Expectations,
  relations: Relations,
): readonly PodFate[] {
  const arrivals = new Map(
    [...byItself.arrivals, ...onceOff.arrivals].map((each) => [keyOf(each.pod), each] as const),
  )
  const unattended = new Set(down)
  const keeping = new Set(holding)
  const back = (pod: Pod, fate: 'Terminating' | 'Staying') =>
    goneFate(pod, fate, arrivals.get(keyOf(pod)), expected, relations)
  return [
    ...terminating.map((pod): PodFate => {
      const fate = back(pod, 'Terminating')
      return keeping.has(pod) ? {...fate, message: fate.message ?? KEEPS} : fate
    }),
    ...staying.map((pod): PodFate => {
      if (!unattended.has(pod)) return {...fateOf(pod, 'Staying'), message: STAYS}
      if (!leavesOnceOff(pod))
        return {
          ...fateOf(pod, 'Staying'),
          returns: 'No',
          message: STAYS_EVEN_OFF,
        }
      const fate = back(pod, 'Staying')
      return {...fate, message: fate.message ?? STAYS}
    }),
  ]
}

const KEEPS = 'its volume stays attached to its node: whoever comes in its place waits for that'

const STAYS_EVEN_OFF =
  'it tolerates an unreachable node, and a machine that is said to be off: it stays, and is not ready'

const STAYS = 'it tolerates an unreachable node: it stays, and is not ready'

function commandOf(nodes: readonly Node[]): Answer['command'] {
  if (nodes.length === 0) return null
  const taint = 'node.kubernetes.io/out-of-service=nodeshutdown:NoExecute'
  return {
    text: kubectl('taint', 'node', ...nodes.map(nameOf), taint),
    danger: 'only when the machine is off for certain: two machines that write to one volume destroy it',
  }
}
