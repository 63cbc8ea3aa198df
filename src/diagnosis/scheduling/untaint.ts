import {type Node, nameOf, type Pod, type Taint} from '../../model/objects.ts'
import {taintText, untoleratedTaints} from '../../model/taints.ts'
import {kubectl} from '../command-line.ts'
import type {Remedy} from '../finding.ts'

/** Kubernetes' own come and go with the node's health, and roles are for good. */
const NOT_BY_HAND = /^node(-role)?\.kubernetes\.io\//

type Spec = Pick<NonNullable<Pod['spec']>, 'tolerations'> | undefined

/** How to let a Pod onto the first of the nodes whose taints a person has put there; undefined where there is none. */
export function untaintRemedy(nodes: readonly Node[], spec: Spec): Remedy | undefined {
  const node = nodes.find((each) => removableTaints(each, spec).length > 0)
  return node && untaint(node, removableTaints(node, spec))
}

/** None where one that stays would keep the Pod away all the same. */
function removableTaints(node: Node, spec: Spec): readonly Taint[] {
  const taints = untoleratedTaints(node, spec?.tolerations ?? [])
  return taints.some(({key}) => NOT_BY_HAND.test(key)) ? [] : taints
}

function untaint(node: Node, taints: readonly Taint[]): Remedy {
  return {
    commands: [
      kubectl('describe', 'node', nameOf(node)),
      kubectl('taint', 'node', nameOf(node), ...taints.map((taint) => `${taintText(taint)}-`)),
    ],
    advice: 'or let the Pod template tolerate the taint',
    danger: 'a taint is there for a reason, such as maintenance or special hardware: ask first',
    rung: 1,
  }
}
