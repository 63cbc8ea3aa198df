import type {Expectations} from '../../model/foretold/aftermath.ts'
import {isDeclaredOff, isNodeReady} from '../../model/node.ts'
import {nameOf, namespaceOf} from '../../model/objects.ts'
import {keepersOf} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'

/**
 * What is taken for granted: `db-2`, or `shop/db-2`, never becomes ready; nobody ends a Pod where no kubelet
 * answers and the machine is not said to be off.
 */
export function expectationsOf(neverReady: readonly string[], relations: Relations): Expectations {
  const names = new Set(neverReady)
  return {
    isNeverReady: (pod) => names.has(nameOf(pod)) || names.has(`${namespaceOf(pod)}/${nameOf(pod)}`),
    leaves: (pod) => {
      if (keepersOf(pod).length > 0) return false
      const node = relations.node(pod.spec?.nodeName ?? '')
      return !node || isNodeReady(node) || isDeclaredOff(node)
    },
  }
}
