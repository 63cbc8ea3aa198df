import {nameOf, namespaceOf} from '../../model/objects.ts'
import {isTerminating} from '../../model/pod.ts'
import {statusWord} from '../../model/pod-status-word.ts'
import type {Relations} from '../../model/relations.ts'
import {isOutdated, isUnavailable, type Slot} from '../../model/rollout/stateful-set-facts.ts'
import {strategyOf} from '../../model/rollout/stateful-set-next.ts'
import {maxUnavailableOf} from '../../model/rollout/stateful-set-update.ts'
import {kubectl} from '../command-line.ts'
import {fewText} from '../few.ts'
import type {Rule} from '../finding.ts'
import {podHoldUp} from './hold-up.ts'
import {setReference, setText, slotsText} from './set-parts.ts'
import type {RolloutSubject} from './subject.ts'

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
  return {
    id: 'sts-parallel-maxunavailable-budget',
    severity: 'error',
    message: `${setText(set)} replaces nothing: its maxUnavailable ${limit} is used up by old Pods that do not work, ${slotsText(broken)}, and that is just what would replace them (kubernetes#137409)`,
    object: setReference(set),
    evidence: [
      `${unavailable.length} of maxUnavailable ${limit} in use: ${slotsText(unavailable)}`,
      `${fewText(broken.map(wordOf))}`,
    ],
    selfHealing: 'no',
    remedy: {
      commands: [
        kubectl('get', 'pods', '-n', namespaceOf(set), ...broken.map(({name}) => name)),
        kubectl('delete', 'pod', '-n', namespaceOf(set), ...broken.map(({name}) => name)),
      ],
      advice:
        'they come back at the new revision, so see first that it is good; Kubernetes 1.37 does that by itself',
      danger: `${slotsText(broken)} ${broken.length === 1 ? 'does' : 'do'} not work as it is; see that no member that is about to recover is among them; their claims stay`,
      rung: 2,
    },
  }
}

/** Not merely starting; and on a lost node no other revision would do better. */
function isBroken({pod}: Slot, relations: Relations): boolean {
  const holdUp = pod && podHoldUp(pod, relations)
  return holdUp?.isStuck === true && !holdUp.isNodeLost
}

function wordOf({name, pod, revision}: Slot): string {
  return `pod/${name} ${pod ? statusWord(pod) : ''}, label controller-revision-hash=${revision || '<none>'}`
}

/** The field is there and the feature gate, by default, is not. More than one old Pod on its way out says that it is. */
export const maxUnavailableIgnored: Rule<RolloutSubject> = ({facts, relations}) => {
  const {set, rules, slots, updateRevision} = facts
  const limit = maxUnavailableOf(facts)
  const waiting = slots.filter((slot) => !slot.isHeld && slot.pod && isOutdated(slot, facts))
  const leaving = slots.filter(({pod, revision}) => pod && isTerminating(pod) && revision !== updateRevision)
  const isOff = rules.maxUnavailable === 'ignored' && leaving.length <= 1
  const {server} = relations.snapshot
  if (!isOff || limit < 2 || !server || waiting.length === 0 || strategyOf(set) !== 'RollingUpdate')
    return undefined
  return {
    id: 'sts-maxunavailable-ignored',
    severity: 'warning',
    message: `${setText(set)} allows ${limit} unavailable Pods, and ${server.version} updates it one by one: the feature gate MaxUnavailableStatefulSet is off there by default`,
    object: setReference(set),
    evidence: [
      `statefulset/${nameOf(set)} spec.updateStrategy.rollingUpdate.maxUnavailable=${set.spec?.updateStrategy?.rollingUpdate?.maxUnavailable}`,
      `server version ${server.version}`,
    ],
    selfHealing: 'yes',
    remedy: {
      commands: [],
      advice: 'expect one at a time, or turn the gate on, of the API server and of kube-controller-manager',
      danger: 'with the gate on as many members are down at once',
      rung: 0,
    },
  }
}
