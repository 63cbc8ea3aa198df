import {nameOf, namespaceOf} from '../../model/objects.ts'
import {countsBroken} from '../../model/rollout/daemon-update.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import type {Causes} from '../cause.ts'
import type {Finding} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {type PassingState, passingState} from '../passing-taints.ts'
import type {DaemonSetSubject} from '../subjects.ts'
import type {BudgetBlocker} from './stalled.ts'
import {stalledRule, withWhy} from './stalled-rule.ts'
import {nodesText, unwanted} from './words.ts'

export const causes = {
  'ds-new-pod-unavailable': {
    title: 'updated Pods do not become available',
    applies: ['DaemonSet'],
    sign: 'The budget is used up by Pods of the new revision on healthy nodes that are not available.',
    remedy:
      'Fix what keeps them from becoming available. If it is the template, edit it: unlike a StatefulSet, a DaemonSet replaces these Pods at once.',
    risk: 'an undo reverts the whole template, not only what is wrong in it; up to 1.30 each further edit also takes down one more Pod that is available',
    rank: 'summary',
  },
  'ds-misscheduled-blocks-budget': {
    title: 'unwanted nodes use up the budget',
    applies: ['DaemonSet'],
    sign: 'Pods on nodes that should not run one are old, unavailable or terminating, and count against `maxUnavailable` like all others.',
    remedy:
      'If the set is wanted there, let the template tolerate or select the node; if not, `kubectl delete pod <pod>`. Where a Pod is terminating, see what keeps it.',
    risk: 'no other Pod of the set takes their place on those nodes, and other Pods there lose what they have from them (network, mounts, devices)',
  },
} satisfies Causes

/** Not like a StatefulSet: the next edit of the template replaces these Pods without being asked. */
export const newPodsEatBudget = stalledRule(['new-pod'], ({daemonSet, relations}, blockers) => {
  const [pod] = blockers.map((blocker) => blocker.pod).filter((each) => each !== undefined)
  const namespace = namespaceOf(daemonSet)
  const ignoresBudget = !countsBroken(serverVersionOf(relations.snapshot))
  return {
    id: 'ds-new-pod-unavailable',
    severity: 'error',
    who: `Pods of the new revision on ${withWhy(blockers)} use`,
    selfHealing: 'maybe',
    remedy: {
      look: [
        ...(pod ? [kubectl('describe', 'pod', '-n', namespace, nameOf(pod))] : []),
        kubectl('rollout', 'history', `ds/${nameOf(daemonSet)}`, '-n', namespace),
      ],
      act: [
        {
          text: 'fix what is wrong; if it is the template, edit it, and the controller replaces these Pods at once',
          commands: [],
        },
        {
          text: 'only if the whole template should go back, undo the rollout',
          commands: [kubectl('rollout', 'undo', `ds/${nameOf(daemonSet)}`, '-n', namespace)],
        },
      ],
      risk: `an undo reverts the whole template, not only what is wrong in it${ignoresBudget ? '; in this version of Kubernetes each further edit also takes down one more Pod that is available' : ''}`,
      avoid: '',
      rung: 1,
    },
  }
})

/** Nodes that the set does not even want use its budget up. */
export const misscheduledBlocksBudget = stalledRule(['unwanted'], (subject, blockers) => {
  const {daemonSet} = subject
  const pods = blockers.map(({pod}) => pod).filter((pod) => pod !== undefined)
  const [first] = blockers
  return {
    id: 'ds-misscheduled-blocks-budget',
    severity: 'error',
    who: `Pods on ${nodesText(blockers.map(({name}) => name))}, which the set does not want, use`,
    selfHealing: 'no',
    remedy: ofPassing(subject, blockers) ?? {
      look: first ? [kubectl('describe', 'node', first.name)] : [],
      act: unwanted(kubectl('delete', 'pod', '-n', namespaceOf(daemonSet), ...pods.map(nameOf))),
      risk: causes['ds-misscheduled-blocks-budget'].risk,
      avoid: '',
      rung: 2,
    },
  }
})

function whenGone({name, text}: PassingState): string {
  return `wait: node ${name} ${text}, and then it no longer counts`
}

/** Of the first of these nodes that only has to become well, or to be gone: then nothing is to be deleted by hand. */
function ofPassing(
  {nodes}: DaemonSetSubject,
  blockers: readonly BudgetBlocker[],
): Finding['remedy'] | undefined {
  const names = new Set(blockers.map(({name}) => name))
  for (const {node, eligibility} of nodes) {
    const taints = eligibility.rule?.kind === 'Taint' ? eligibility.rule.taints : []
    const state = names.has(nameOf(node)) ? passingState(node, taints) : undefined
    if (!state || state.isLasting) continue
    const isLeaving = state.kind === 'leaving'
    return {
      look: [kubectl('describe', 'node', state.name), ...state.commands],
      act: [{text: isLeaving ? whenGone(state) : state.advice, commands: []}],
      risk: '',
      avoid: '',
      rung: 0,
    }
  }
  return undefined
}
