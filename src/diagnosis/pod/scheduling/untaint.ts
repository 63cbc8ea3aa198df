import {knownTaint} from '../../../model/known-taints.ts'
import {type Node, nameOf, type Pod, type Taint} from '../../../model/objects.ts'
import {taintText, untoleratedTaints} from '../../../model/taints.ts'
import type {Remedy} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {causes, TAINTED_NODE} from './reasons-nodes.ts'

/** Others put them there again, or take them away; and roles are permanent. */
function isNotByHand(taint: Taint): boolean {
  return knownTaint(taint) !== undefined || /^node(-role)?\.kubernetes\.io\//.test(taint.key ?? '')
}

type Spec = Pick<NonNullable<Pod['spec']>, 'tolerations'> | undefined

/** How to let a Pod onto the first of the nodes whose taints a person has put there; undefined where there is none. */
export function untaintRemedy(nodes: readonly Node[], spec: Spec): Remedy | undefined {
  const node = nodes.find((each) => removableTaints(each, spec).length > 0)
  return node && untaint(node, removableTaints(node, spec))
}

/** None where one that stays would keep the Pod away all the same. */
function removableTaints(node: Node, spec: Spec): readonly Taint[] {
  const taints = untoleratedTaints(node, spec?.tolerations ?? [])
  return taints.some(isNotByHand) ? [] : taints
}

function untaint(node: Node, taints: readonly Taint[]): Remedy {
  const removal = kubectl('taint', 'node', nameOf(node), ...taints.map((taint) => `${taintText(taint)}-`))
  return {
    look: [kubectl('describe', 'node', nameOf(node))],
    act: [
      {text: 'if the set may run there, tolerate the taint in the template', commands: []},
      {text: 'only if whoever put the taint there needs it no more, take it away', commands: [removal]},
    ],
    risk: causes[TAINTED_NODE].risk,
    avoid: '',
    rung: 1,
  }
}
