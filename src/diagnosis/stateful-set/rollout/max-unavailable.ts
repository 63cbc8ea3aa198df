import {nameOf, namespaceOf} from '../../../model/objects.ts'
import {isTerminating} from '../../../model/pod.ts'
import {statusWord} from '../../../model/pod-status-word.ts'
import type {Relations} from '../../../model/relations.ts'
import {isOutdated, isUnavailable, type Slot} from '../../../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../../../model/rollout/stateful-set-next.ts'
import {maxUnavailableOf} from '../../../model/rollout/stateful-set-update.ts'
import type {Causes} from '../../cause.ts'
import type {Rule} from '../../finding.ts'
import {kubectl} from '../../kubectl-command.ts'
import {isNodeLost, podTrouble} from '../../pod/trouble.ts'
import {FEW} from '../../words.ts'
import type {RolloutSubject} from './subject.ts'
import {setReference, setText, slotsText} from './words.ts'

export const causes = {
  'sts-parallel-maxunavailable-budget': {
    title: 'old broken Pods eat the budget',
    applies: ['StatefulSet'],
    sign: 'A `Parallel` set with `maxUnavailable` honoured, on a server of 1.35.0 to 1.35.3, or of a later 1.35 or 1.36 with the gate `MaxUnavailableStatefulSet` switched on. Old Pods that are unready fill the budget, and the controller takes none of them away.',
    remedy:
      'Make sure that the new revision is good, then `kubectl delete pod <pod>` for each old Pod that does not work and will not recover; or upgrade to a release with the fix (1.37).',
    risk: 'those members are down until they are ready again: count the quorum before each one',
    rank: 'order',
  },
  'sts-maxunavailable-ignored': {
    title: 'update ignores maxUnavailable',
    applies: ['StatefulSet'],
    sign: 'The set asks for a `maxUnavailable` of more than 1, yet its Pods go one by one, or the field is gone after `kubectl apply`. The gate `MaxUnavailableStatefulSet` is off: so it is by default up to 1.34 and in 1.35.4 to 1.36.',
    remedy:
      'Let it go one by one, or have the gate switched on in the API server and in kube-controller-manager.',
    risk: 'with the gate on as many members are down at once',
    rank: 'aside',
  },
} satisfies Causes

/**
 * kubernetes#137409, in 1.35.0 to 1.35.3 and wherever the gate was turned on before: broken old Pods use up the
 * maxUnavailable that would let them be replaced, in a parallel set, too. 1.37 replaces them first.
 */
export const parallelBudget: Rule<RolloutSubject> = ({facts, next, relations}) => {
  const {set, rules, isOrdered, slots} = facts
  if (isOrdered || strategyOf(set) !== 'RollingUpdate' || rules.maxUnavailable !== 'counted') return undefined
  const unavailable = slots.filter((slot) => isUnavailable(slot, facts))
  const broken = unavailable.filter(
    (slot) => !slot.isHeld && isOutdated(slot, facts) && isBroken(slot, relations),
  )
  const limit = maxUnavailableOf(facts)
  if (next.actions.length > 0 || unavailable.length < limit || broken.length === 0) return undefined
  const some = broken.slice(0, FEW).map(({name}) => name)
  return {
    id: 'sts-parallel-maxunavailable-budget',
    severity: 'error',
    message: `Old Pods that do not work use up maxUnavailable ${limit}, so nothing replaces them: ${slotsText(broken)} (kubernetes#137409, ${setText(set)})`,
    object: setReference(set),
    evidence: [
      `${unavailable.length} of maxUnavailable ${limit} in use: ${slotsText(unavailable)}`,
      ...broken.slice(0, FEW).map(wordOf),
    ],
    selfHealing: 'no',
    remedy: {
      look: [
        kubectl('get', 'pods', '-n', namespaceOf(set), ...some),
        kubectl('get', 'controllerrevisions', '-n', namespaceOf(set), facts.updateRevision, '-o', 'yaml'),
      ],
      act: [
        {
          text: 'if the new revision is good, for they come back at it: delete them (Kubernetes 1.37 does that by itself)',
          commands: [kubectl('delete', 'pod', '-n', namespaceOf(set), ...some)],
        },
      ],
      risk: 'a member that was about to recover is down until it is back; the claims stay',
      avoid: '',
      rung: 2,
    },
  }
}

/** Not merely starting; and on a lost node no other revision would do better. */
function isBroken({pod}: Slot, relations: Relations): boolean {
  const trouble = pod && podTrouble(pod, relations)
  return trouble?.isStalled === true && !isNodeLost(trouble)
}

function wordOf({name, pod, revision}: Slot): string {
  return `pod/${name} ${pod ? statusWord(pod) : ''}, label controller-revision-hash=${revision || '<none>'}`
}

/** The field is there and the feature gate, by default, is not. More than one terminating old Pod says that it is. */
export const maxUnavailableIgnored: Rule<RolloutSubject> = ({facts, relations}) => {
  const {set, rules, slots, updateRevision} = facts
  const limit = maxUnavailableOf(facts)
  const waiting = slots.filter((slot) => !slot.isHeld && slot.pod && isOutdated(slot, facts))
  const terminating = slots.filter(
    ({pod, revision}) => pod && isTerminating(pod) && revision !== updateRevision,
  )
  const isOff = rules.maxUnavailable === 'ignored' && terminating.length <= 1
  const {server} = relations.snapshot
  if (!isOff || limit < 2 || !server || waiting.length === 0 || strategyOf(set) !== 'RollingUpdate')
    return undefined
  return {
    id: 'sts-maxunavailable-ignored',
    severity: 'info',
    message: `${server.version} ignores maxUnavailable ${limit} and updates Pods one by one: the gate MaxUnavailableStatefulSet is off by default (${setText(set)})`,
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.updateStrategy.rollingUpdate.maxUnavailable=${set.spec?.updateStrategy?.rollingUpdate?.maxUnavailable}`,
      `server version ${server.version}`,
    ],
    selfHealing: 'yes',
    remedy: {
      look: [],
      act: [
        {text: 'let it go one by one', commands: []},
        {text: 'turn the gate on, in the API server and in kube-controller-manager', commands: []},
      ],
      risk: causes['sts-maxunavailable-ignored'].risk,
      avoid: '',
      rung: 0,
    },
  }
}
