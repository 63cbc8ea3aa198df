import {targetNode} from '../../model/daemon-pods.ts'
import type {Expectations} from '../../model/foretold/aftermath.ts'
import {isDeclaredOff, isNodeReady} from '../../model/node.ts'
import {controllerOf, controllerUid, keyOf, nameOf, type Pod} from '../../model/objects.ts'
import {keepersOf} from '../../model/pod.ts'
import type {Relations} from '../../model/relations.ts'

/** Of a DaemonSet's Pods each has another name, and the place of the one before. */
function placeOf(pod: Pod): string {
  return `${controllerUid(pod)}/${targetNode(pod)}`
}

/**
 * What is taken for granted: `db-2`, or `shop/db-2`, or whom a DaemonSet creates on node `a`, never becomes ready; nobody ends a Pod where no kubelet
 * answers and the machine is not said to be off.
 */
export function expectationsOf(neverReady: readonly string[], relations: Relations): Expectations {
  const names = new Set(neverReady)
  const isNamed = (pod: Pod) => names.has(nameOf(pod)) || names.has(keyOf(pod))
  const places = new Set(names.size > 0 ? relations.snapshot.pods.filter(isNamed).map(placeOf) : [])
  return {
    isNeverReady: (pod) =>
      isNamed(pod) ||
      (names.size > 0 &&
        controllerOf(pod)?.kind === 'DaemonSet' &&
        (names.has(targetNode(pod) ?? '') || places.has(placeOf(pod)))),
    leaves: (pod) => {
      if (keepersOf(pod).length > 0) return false
      const node = relations.node(pod.spec?.nodeName ?? '')
      return !node || isNodeReady(node) || isDeclaredOff(node)
    },
  }
}
