import {isUpdated} from '../../model/daemon-revision.ts'
import {nameOf, type Pod} from '../../model/objects.ts'
import type {Causes} from '../cause.ts'
import type {Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {passingState} from '../passing-taints.ts'
import {podReference} from '../pod/reference.ts'
import type {DaemonNodeSubject, DaemonSetSubject} from '../subjects.ts'
import {FEW} from '../words.ts'
import {ruleSummary} from './rule-text.ts'
import {capitalised, livePods, nodesText, setReference, setText} from './words.ts'

export const causes = {
  'ds-update-removes-pods': {
    title: 'update removes Pods for good',
    applies: ['DaemonSet'],
    sign: 'A rolling update is under way, and old Pods run on nodes with a `NoSchedule` taint that the new template does not tolerate. They may stay until the update deletes them like all others and creates none in their place.',
    remedy:
      'If the set is wanted on those nodes, tolerate the taint in the template before the update gets there. If not, there is nothing to do.',
    risk: 'each edit of the template begins another update, of all nodes',
    riskWhen: 'the template is edited',
    rank: 'aside',
  },
} satisfies Causes

type Place = Pick<DaemonNodeSubject, 'node' | 'eligibility'>

/** A rolling update deletes the old Pod when its turn comes, and the node takes no new one. */
export function isRemovedByUpdate(
  {daemonSet, hash, budget, node, eligibility}: Place & Omit<DaemonSetSubject, 'nodes' | 'strays'>,
  pod: Pod,
): boolean {
  const isOld = isUpdated(daemonSet, pod, hash) === false
  if (!node || !isOld || budget?.mode !== 'maxUnavailable' || !eligibility?.shouldContinueRunning)
    return false
  const {rule} = eligibility
  return rule?.kind === 'Taint' && !isBack(node, rule.taints)
}

/** What keeps new Pods away ends by itself, or the node goes with all of its Pods: no update takes anything away. */
function isBack(...[node, taints]: Parameters<typeof passingState>): boolean {
  const state = passingState(node, taints)
  return state !== undefined && !state.isLasting
}

/** A loss that can be foreseen: it is reported before it happens. */
export const updateRemovesPods: Rule<DaemonSetSubject> = ({nodes, strays: _, ...set}) => {
  const lost = nodes
    .flatMap((counted) =>
      livePods(counted)
        .filter((pod) => isRemovedByUpdate({...set, ...counted}, pod))
        .map((pod) => ({pod, name: nameOf(counted.node), rule: counted.eligibility.rule})),
    )
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
  const [first] = lost
  if (!first?.rule) return undefined
  const {daemonSet} = set
  const isOne = lost.length === 1
  const rules = [...new Set(lost.map(({rule}) => (rule ? ruleSummary(rule) : '')))]
  return {
    id: 'ds-update-removes-pods',
    severity: 'warning',
    message: `${capitalised(rules.join('; '))} on ${nodesText(lost.map(({name}) => name))}: the update of ${setText(daemonSet)} will delete ${lost.length} old ${isOne ? 'Pod and create none in its place' : 'Pods and create none in their place'}`,
    object: setReference(daemonSet),
    blames: lost.flatMap(({pod, name}) => [podReference(pod), {kind: 'Node', name}]),
    evidence: [
      ...lost.slice(0, FEW).map(({pod, name}) => `pod/${nameOf(pod)} of an old revision on node/${name}`),
      ...(lost.length > FEW ? [`and ${lost.length - FEW} more`] : []),
    ],
    selfHealing: 'no',
    remedy: {
      look: [kubectl('describe', 'node', first.name)],
      act: [
        {
          text: `if the set is wanted on ${isOne ? 'that node' : 'those nodes'}, tolerate the taint in the template before the update gets there; if not, there is nothing to do`,
          commands: [],
        },
      ],
      risk: causes['ds-update-removes-pods'].risk,
      avoid: '',
      rung: 1,
    },
  }
}
