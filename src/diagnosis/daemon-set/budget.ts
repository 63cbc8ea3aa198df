import {nameOf, namespaceOf} from '../../model/objects.ts'
import {countsBroken} from '../../model/rollout/daemon-update.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import {kubectl} from '../command-line.ts'
import {standstillRule, withWhy} from './standstill-rule.ts'

/** Not like a StatefulSet: the next edit of the template replaces these Pods without being asked. */
export const newPodsEatBudget = standstillRule(['new-pod'], ({daemonSet, relations}, blockers) => {
  const [pod] = blockers.map((blocker) => blocker.pod).filter((each) => each !== undefined)
  const namespace = namespaceOf(daemonSet)
  const ignoresBudget = !countsBroken(serverVersionOf(relations.snapshot))
  return {
    id: 'ds-new-pod-unavailable',
    severity: 'error',
    because: `by Pods of the current revision that do not become available, on ${withWhy(blockers)}`,
    selfHealing: 'maybe',
    remedy: {
      commands: [
        ...(pod ? [kubectl('describe', 'pod', '-n', namespace, nameOf(pod))] : []),
        kubectl('rollout', 'history', `ds/${nameOf(daemonSet)}`, '-n', namespace),
        kubectl('rollout', 'undo', `ds/${nameOf(daemonSet)}`, '-n', namespace),
      ],
      advice: 'or fix the template: either replaces these Pods at once',
      danger: `an undo takes the whole template back, not only what is wrong with it${ignoresBudget ? '; in this version of Kubernetes each further edit also takes down one more Pod that is available' : ''}`,
      rung: 1,
    },
  }
})

/** Nodes that the set does not even want use its budget up. */
export const misscheduledBlocksBudget = standstillRule(['unwanted'], ({daemonSet}, blockers) => {
  const pods = blockers.map(({pod}) => pod).filter((pod) => pod !== undefined)
  return {
    id: 'ds-misscheduled-blocks-budget',
    severity: 'error',
    because: `by Pods on ${withWhy(blockers)}, which the set does not want`,
    selfHealing: 'no',
    remedy: {
      commands: [kubectl('delete', 'pod', '-n', namespaceOf(daemonSet), ...pods.map(nameOf))],
      danger: 'no other Pod of the set takes their place on those nodes',
      rung: 2,
    },
  }
})
