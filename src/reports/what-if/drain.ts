import {disruptionFindings} from '../../diagnosis/disruption/findings.ts'
import type {Finding} from '../../diagnosis/finding.ts'
import {kubectl} from '../../diagnosis/kubectl-command.ts'
import {type Drained, drain, drainFlags} from '../../model/foretold/drain.ts'
import {controllerUid, type DaemonSet, type Node, nameOf, type Pod} from '../../model/objects.ts'
import {type Relations, relate} from '../../model/relations.ts'
import {type Answer, answer} from './answer.ts'
import {drainEnd} from './drain-end.ts'
import {drainFates} from './drain-fates.ts'
import {drainSteps} from './drain-steps.ts'
import {expectationsOf} from './expectations.ts'
import {lossFirst, withLossDanger} from './loss-first.ts'
import {movedWorkloads} from './moved.ts'
import {lossesWithPods, lossOfLast} from './pod-losses.ts'
import type {Loss} from './report.ts'
import {worstFirst} from './retained.ts'

/** What `kubectl drain` of these nodes would do, with all the flags that it asks for. */
export function whatIfDrained(
  nodes: readonly Node[],
  relations: Relations,
  neverReady: readonly string[],
): Answer {
  const expected = expectationsOf(neverReady, relations)
  const drained = drain(nodes, relations, expected)
  const pods = drainFates(nodes, drained, relations, expected)
  const losses = lossesOf(drained, relations)
  return answer({
    steps: drainSteps(drained),
    end: lossFirst(drainEnd(nodes, drained, pods), losses),
    losses,
    findings: findingsOf(nodes, drained, relations),
    pods,
    workloads: movedWorkloads(drained.rounds, drained.world, relations),
    command: withLossDanger(commandOf(nodes, relations), losses),
  })
}

function podsOf(nodes: readonly Node[], relations: Relations): readonly Pod[] {
  return nodes.flatMap((node) => relations.podsOn(nameOf(node)))
}

/** Who stays loses nothing. */
function lossesOf({rounds, lingering}: Drained, relations: Relations): readonly Loss[] {
  const evicted = rounds.flatMap((round) => round.evicted).filter((pod) => !lingering.includes(pod))
  const last = evicted.filter((pod) => drainFlags(pod, relations).includes('--force'))
  return worstFirst([...lossesWithPods(evicted, relations), ...last.map(lossOfLast)])
}

/** What the catalog says of the sets while these nodes are cordoned. */
function findingsOf(
  nodes: readonly Node[],
  {rounds, refused, failed}: Drained,
  relations: Relations,
): readonly Finding[] {
  const {snapshot} = relations
  const cordoned = new Set(nodes)
  const drained = relate({
    ...snapshot,
    nodes: snapshot.nodes.map((node) =>
      cordoned.has(node) ? {...node, spec: {...node.spec, unschedulable: true}} : node,
    ),
  })
  const involved = [...rounds.flatMap(({evicted}) => evicted), ...[...refused, ...failed].map(({pod}) => pod)]
  const owners = new Set(involved.map(controllerUid))
  const sets = [...owners].flatMap((uid) => relations.statefulSetWith(uid) ?? [])
  return [
    ...sets.flatMap((set) => disruptionFindings({kind: 'StatefulSet', set}, drained)),
    ...daemonsOn(nodes, relations).flatMap((set) => disruptionFindings({kind: 'DaemonSet', set}, drained)),
  ]
}

function daemonsOn(nodes: readonly Node[], relations: Relations): readonly DaemonSet[] {
  return [...new Set(podsOf(nodes, relations).map(controllerUid))].flatMap(
    (uid) => relations.daemonSetWith(uid) ?? [],
  )
}

function commandOf(nodes: readonly Node[], relations: Relations): Answer['command'] {
  const flags = [...new Set(podsOf(nodes, relations).flatMap((pod) => drainFlags(pod, relations)))].toSorted()
  const dangers = [
    ...(flags.includes('--force') ? ['--force ends Pods that nobody creates again'] : []),
    ...(flags.includes('--delete-emptydir-data')
      ? ['--delete-emptydir-data destroys what they keep there']
      : []),
  ]
  return {
    text: [kubectl('drain', ...nodes.map(nameOf)), ...flags].join(' '),
    danger: ['every Pod on it is evicted, and it takes no others until it is uncordoned', ...dangers].join(
      '; ',
    ),
  }
}
