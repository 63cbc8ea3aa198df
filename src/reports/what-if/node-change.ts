import type {Aftermath, Expectations} from '../../model/foretold/aftermath.ts'
import {afterDeparture} from '../../model/foretold/departure.ts'
import {recount} from '../../model/foretold/recount.ts'
import {worldOf} from '../../model/foretold/world.ts'
import {keyOf, type Node, nameOf, type Pod} from '../../model/objects.ts'
import {nodesReaching} from '../../model/placement.ts'
import {type Relations, relate} from '../../model/relations.ts'
import {type Answer, answer} from './answer.ts'
import type {LabelEdit, NodeEdit, TaintEdit} from './change.ts'
import {changeOf} from './daemon-changes.ts'
import {delayOf, type Edited, isEvictedBy} from './evicted-by-change.ts'
import {expectationsOf} from './expectations.ts'
import {fateOf, goneFate, notEnded, ownerOf} from './fates.ts'
import {lossFirst, withLossDanger} from './loss-first.ts'
import {movedWorkloads} from './moved.ts'
import {nodeChangeCommand} from './node-change-command.ts'
import {nodeChangeEnd} from './node-change-end.ts'
import {lossesWithPods} from './pod-losses.ts'
import type {PodFate} from './report.ts'
import {worstFirst} from './retained.ts'
import {actionsIn, actionsOn, step} from './steps.ts'
import {isMeant} from './taint-edit.ts'

/** Nodes are tainted, labelled or cordoned: who has to go, and which DaemonSets come and go. */
export function whatIfNodesChanged(nodes: readonly Node[], change: NodeEdit, relations: Relations): Answer {
  const names = new Set(nodes.map(nameOf))
  const edited = (node: Node): Node => (names.has(nameOf(node)) ? editedNode(node, change) : node)
  const {snapshot} = relations
  const changed = relate({...snapshot, nodes: snapshot.nodes.map(edited)})
  const expected = expectationsOf(change.neverReady, changed)
  const leavers = nodes.flatMap((node) => leaversOf({before: node, after: edited(node)}, relations))
  const evicted = leavers.map(({pod}) => pod)
  const after = afterDeparture(worldOf(changed), evicted, expected)
  const pods = fatesOf(evicted, after, expected, changed)
  const daemonSets = recount({node: edited, pod: (pod) => pod}, relations).map(changeOf)
  const volumes = lostVolumes(nodes, relations, changed)
  const losses = worstFirst(lossesWithPods(evicted.filter(expected.leaves), relations))
  return answer({
    steps:
      evicted.length > 0
        ? [
            step({
              waitsFor: waitText(leavers),
              actions: [...actionsOn(evicted, 'Delete'), ...actionsIn(after.courses)],
              unavailable: evicted.map(nameOf),
            }),
          ]
        : [],
    end: lossFirst(
      nodeChangeEnd(nodes, change, pods, daemonSets, volumes, delaysOf(leavers, expected)),
      losses,
    ),
    losses,
    pods,
    workloads: movedWorkloads([{...after, evicted}], after.world, changed),
    daemonSets,
    volumesOutOfReach: volumes,
    command: withLossDanger(nodeChangeCommand(nodes, change), losses),
  })
}

/** A Pod that has to go, and in how many seconds. */
interface Leaver {
  readonly pod: Pod
  readonly delay: number
}

function leaversOf(edited: Edited, relations: Relations): readonly Leaver[] {
  return relations
    .podsOn(nameOf(edited.before))
    .filter((pod) => isEvictedBy(edited, pod, relations))
    .map((pod) => ({pod, delay: delayOf(edited, pod)}))
}

function waitText(leavers: readonly Leaver[]): string | null {
  const longest = Math.max(...leavers.map(({delay}) => delay))
  return longest > 0
    ? `up to ${longest} seconds, for which some tolerate the taint (tolerationSeconds)`
    : null
}

/** Of those who are counted as evicted. */
function delaysOf(leavers: readonly Leaver[], {leaves}: Expectations): readonly number[] {
  return leavers.filter(({pod}) => leaves(pod) && ownerOf(pod)?.kind !== 'DaemonSet').map(({delay}) => delay)
}

function editedNode(node: Node, change: NodeEdit): Node {
  switch (change.action) {
    case 'cordon':
      return {...node, spec: {...node.spec, unschedulable: true}}
    case 'taint':
      return {...node, spec: {...node.spec, taints: change.edits.reduce(afterTaint, node.spec?.taints ?? [])}}
    case 'label':
      return {
        ...node,
        metadata: {...node.metadata, labels: change.edits.reduce(afterLabel, node.metadata?.labels ?? {})},
      }
  }
}

type Taints = NonNullable<NonNullable<Node['spec']>['taints']>

function afterTaint(taints: Taints, edit: TaintEdit): Taints {
  const others = taints.filter((each) => !isMeant(edit, each))
  return edit.isRemoved ? others : [...others, edit.taint]
}

function afterLabel(labels: Readonly<Record<string, string>>, {key, value}: LabelEdit) {
  const {[key]: _, ...others} = labels
  return value === null ? others : {...others, [key]: value}
}

function fatesOf(
  evicted: readonly Pod[],
  {arrivals}: Aftermath,
  expected: Expectations,
  relations: Relations,
): readonly PodFate[] {
  const byKey = new Map(arrivals.map((each) => [keyOf(each.pod), each]))
  return evicted.map((pod): PodFate => {
    if (!expected.leaves(pod)) return {...fateOf(pod, 'Terminating'), message: notEnded(pod)}
    return ownerOf(pod)?.kind === 'DaemonSet'
      ? fateOf(pod, 'Removed')
      : goneFate(pod, 'Deleted', byKey.get(keyOf(pod)), expected, relations)
  })
}

function lostVolumes(nodes: readonly Node[], before: Relations, after: Relations): readonly string[] {
  if (!before.sees('nodes') || nodes.length === 0) return []
  return before.snapshot.persistentVolumes
    .filter((volume) => volume.status?.phase === 'Bound')
    .filter(
      (volume) => nodesReaching([volume], before).length > 0 && nodesReaching([volume], after).length === 0,
    )
    .map(nameOf)
}
