import {isOnlyCordoned, type NodeRefusal} from '../../model/node.ts'
import {type Node, nameOf, namespaceOf, type PersistentVolume, type Pod} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {allowedNodes} from '../../model/volume.ts'
import type {Finding} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {type PassingState, passingState} from '../passing-taints.ts'
import {reachText} from '../pod/scheduling/finding.ts'
import {passingRemedy} from '../pod/scheduling/passing-text.ts'
import {CORDONED_NODE, ONLY_IF_DONE, causes as scheduling} from '../pod/scheduling/reasons-nodes.ts'
import {untaintRemedy} from '../pod/scheduling/untaint.ts'
import type {OrdinalSubject} from '../subjects.ts'

/** Nodes that reach the volumes, and why each takes no Pod of the set. */
export type Refusals = readonly (readonly [Node, NodeRefusal])[]

/** The node would take it again if that were not wrong with it; an uncordon of another is quicker. */
export function passing(refusals: Refusals, {once}: Relations): PassingState | undefined {
  return once('passing', refusals, () => firstPassing(refusals))
}

function firstPassing(refusals: Refusals): PassingState | undefined {
  if (refusals.some(([, reason]) => isOnlyCordoned(reason))) return undefined
  for (const [node, {taints}] of refusals) {
    const state = passingState(node, taints)
    if (state) return state
  }
  return undefined
}

/** What would let the ordinal come back: the gentlest first. */
export function unreachableRemedy(
  {set, ordinal, relations}: OrdinalSubject,
  refusals: Refusals,
  pinned: readonly PersistentVolume[],
): Finding['remedy'] {
  const volumes = pinned.map(nameOf).join(', ')
  const cordoned = relations.once('cordoned', refusals, () =>
    refusals.find(([, reason]) => isOnlyCordoned(reason)),
  )?.[0]
  if (cordoned) {
    return {
      look: [kubectl('describe', 'node', nameOf(cordoned))],
      act: [{text: ONLY_IF_DONE, commands: [kubectl('uncordon', nameOf(cordoned))]}],
      risk: scheduling[CORDONED_NODE].risk,
      avoid: '',
      rung: 1,
    }
  }
  const state = passing(refusals, relations)
  if (state) return passingRemedy([state], pinned)
  const untaint = untaintRemedy(
    refusals.map(([node]) => node),
    set.spec?.template?.spec,
  )
  if (untaint) return untaint
  return {
    look: [kubectl('get', 'nodes'), ...describePod(ordinal.pod)],
    act: [
      {
        text: refusals.length > 0 ? `fix that node: the data of ${volumes} is only there` : wanted(pinned),
        commands: [],
      },
    ],
    risk: '',
    avoid: DELETED_CLAIM,
    rung: 0,
  }
}

const DELETED_CLAIM =
  'delete the claim: the ordinal would get a new, empty volume, and its data is lost permanently'

/** A node of that name was there once; in a zone there may never have been one. */
function wanted(pinned: readonly PersistentVolume[]): string {
  const [first] = pinned
  const names = pinned.map(nameOf).join(', ')
  const isHost = pinned.some((each) => allowedNodes(each).nodes !== undefined)
  return isHost || !first
    ? `bring a fitting node back: the data of ${names} is only there`
    : `add a node in ${reachText(first)}: the data of ${names} is only there`
}

export function describePod(pod: Pod | undefined): readonly string[] {
  return pod ? [kubectl('describe', 'pod', '-n', namespaceOf(pod), nameOf(pod))] : []
}
