import {daemonTolerations} from '../../model/daemon-eligibility.ts'
import {nameOf} from '../../model/objects.ts'
import {taintText, untoleratedTaints} from '../../model/taints.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {passingState} from '../passing-taints.ts'
import {podReference} from '../pod/reference.ts'
import {PINNED} from '../pod/scheduling/pinned.ts'
import {TAINTED_NODE} from '../pod/scheduling/reasons-nodes.ts'
import type {DaemonNodeSubject} from '../subjects.ts'
import {isRemovedByUpdate} from './removed-by-update.ts'
import {setText} from './words.ts'

export const causes = {
  'ds-notready-shown-misscheduled': {
    title: 'unready node counts as misscheduled',
    applies: ['DaemonSet'],
    sign: 'The node is not `Ready`, or not set up yet, and so has a taint that the template does not tolerate and that goes by itself. `DESIRED` leaves it out, and its Pod counts as misscheduled.',
    remedy: 'Bring the node back; the numbers follow.',
    rank: 'aside',
    covers: [TAINTED_NODE, PINNED],
  },
  'ds-node-leaving': {
    title: 'node is being removed',
    applies: ['DaemonSet'],
    sign: 'The node has a taint of the cluster autoscaler, of Karpenter, of a termination handler or of a maintenance operator: it is about to be removed or worked on. `DESIRED` leaves it out, and its Pod counts as misscheduled.',
    remedy: 'Nothing: the Pod goes with the node.',
    rank: 'aside',
    covers: [TAINTED_NODE, PINNED],
  },
} satisfies Causes

/** Not misscheduled in any sense that matters: what is wrong with the node ends, and the set wants it again; or the node goes. */
export const passingNode: Rule<DaemonNodeSubject> = (subject) => {
  const {node, name, daemonSet} = subject
  const taints = node ? untoleratedTaints(node, daemonTolerations(daemonSet.spec?.template)) : []
  const state = node && passingState(node, taints)
  const [pod] = subject.pods
  if (!pod || !state || isRemovedByUpdate(subject, pod)) return undefined
  const finding = {
    severity: 'info',
    object: podReference(pod),
    evidence: taints.map((taint) => `node/${name} taint ${taintText(taint)}`),
  } as const
  if (state.kind === 'leaving') {
    return {
      ...finding,
      id: 'ds-node-leaving',
      message: `Node ${name} ${state.text}: nothing to do, ${state.isLasting ? `Pod ${nameOf(pod)} stays there for as long as it can` : `Pod ${nameOf(pod)} goes with it`}`,
      selfHealing: 'yes',
      remedy: null,
    }
  }
  return {
    ...finding,
    id: 'ds-notready-shown-misscheduled',
    message: `Node ${name} ${state.text}, so ${setText(daemonSet)} counts Pod ${nameOf(pod)} there as misscheduled`,
    selfHealing: 'maybe',
    remedy: {
      look: [kubectl('describe', 'node', name), ...state.commands],
      act: [{text: state.advice, commands: []}],
      risk: '',
      avoid: '',
      rung: 0,
    },
  }
}
