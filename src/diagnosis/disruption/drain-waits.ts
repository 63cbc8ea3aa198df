import {nameOf, namespaceOf} from '../../model/objects.ts'
import {isReady, isTerminating} from '../../model/pod.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import type {Causes} from '../cause.ts'
import {firstCause, type Rule} from '../finding.ts'
import {kubectl} from '../kubectl-command.ts'
import {DRAIN_SECONDS, secondsBetween} from '../patience.ts'
import {podReference} from '../pod/reference.ts'
import {fewText} from '../words.ts'
import {refusedEvictions} from './evictions.ts'
import {stuckReplacement} from './stuck-replacement.ts'
import {budgetEvidence, budgetReference, budgetText, type DisruptionSubject, protects} from './subject.ts'

export const causes = {
  'pdb-blocks-drain': {
    title: 'budget allows no eviction now',
    applies: ['StatefulSet'],
    sign: "An eviction fails with `Cannot evict pod as it would violate the pod's disruption budget`: `status.disruptionsAllowed` is 0 because too few Pods are healthy.",
    remedy: 'Fix the members that are not ready, or let the rollout finish; the drain then goes on.',
    avoid: 'drain with --disable-eviction: that asks no budget, and may take the quorum away',
    rank: 'aside',
  },
  'pdb-unhealthy-member': {
    title: 'budget protects an unready Pod',
    applies: ['StatefulSet'],
    sign: 'The Pod that should be evicted is itself not ready, and the budget has fewer healthy Pods than it requires.',
    remedy:
      'Fix the member where it is. Only if the other members do not need its data, set `unhealthyPodEvictionPolicy: AlwaysAllow` on the budget (1.27 and newer), or `kubectl delete pod <pod>`.',
    risk: 'a member that is not ready may still have data, or be copying data, that the other members need',
    rank: 'aside',
  },
} satisfies Causes

/** A drain goes on as members come back: what has lasted less than that takes its course. */
const severityOf = (since: string | undefined, {relations}: DisruptionSubject) =>
  secondsBetween(since, relations.snapshot.observedAt) < DRAIN_SECONDS ? 'info' : 'error'

/** The Pod that a drain evicts does not even work, and its budget keeps it all the same (IfHealthyBudget). */
const unhealthyMember: Rule<DisruptionSubject> = (subject) => {
  const found = refusedEvictions(subject).find(({pod}) => !isReady(pod))
  if (!found) return undefined
  const {pod, node, budget} = found
  const [namespace, name] = [namespaceOf(pod), nameOf(pod)]
  const knowsPolicy = (serverVersionOf(subject.relations.snapshot)?.minor ?? 37) >= 27
  const patch = JSON.stringify({spec: {unhealthyPodEvictionPolicy: 'AlwaysAllow'}})
  const since = pod.status?.conditions?.find(({type}) => type === 'Ready')?.lastTransitionTime
  return {
    id: 'pdb-unhealthy-member',
    severity: severityOf(since, subject),
    message: `Pod ${name} is not ready and too few others are healthy, so ${budgetText(budget)} blocks the drain of node ${nameOf(node)}`,
    object: podReference(pod),
    ...(since && {since}),
    evidence: [
      `pod/${name} condition Ready is not True`,
      budgetEvidence(budget),
      `poddisruptionbudget/${nameOf(budget)} spec.unhealthyPodEvictionPolicy=${budget.spec?.unhealthyPodEvictionPolicy ?? '<none>, which is IfHealthyBudget'}`,
    ],
    selfHealing: 'maybe',
    remedy: {
      look: [kubectl('describe', 'pod', '-n', namespace, name)],
      act: [
        {text: 'fix the Pod where it is: then the drain goes on by itself', commands: []},
        {
          text: `only if the other members do not need its data, ${knowsPolicy ? 'let the budget allow its eviction' : 'delete it'}`,
          commands: [
            knowsPolicy
              ? kubectl('patch', 'pdb', '-n', namespace, nameOf(budget), '-p', patch)
              : kubectl('delete', 'pod', '-n', namespace, name),
          ],
        },
      ],
      risk: causes['pdb-unhealthy-member'].risk,
      avoid: '',
      rung: 2,
    },
  }
}

/** The budget does what it is there for; what it waits for is the members that are not healthy. */
const blocksDrain: Rule<DisruptionSubject> = (subject) => {
  const [found] = refusedEvictions(subject)
  if (!found) return undefined
  const {pod, node, budget} = found
  const condition = budget.status?.conditions?.find(({type}) => type === 'DisruptionAllowed')
  const since = condition?.status === 'False' ? condition.lastTransitionTime : undefined
  const unhealthy = subject.pods.filter(
    (each) => protects(budget, each) && (!isReady(each) || isTerminating(each)),
  )
  const because =
    unhealthy.length > 0
      ? `${fewText(unhealthy.map(nameOf))} ${unhealthy.length === 1 ? 'is' : 'are'} not ready, so `
      : ''
  return {
    id: 'pdb-blocks-drain',
    severity: severityOf(since, subject),
    message: `${because}${budgetText(budget)} allows no eviction of Pod ${nameOf(pod)} from node ${nameOf(node)}`,
    object: budgetReference(budget),
    ...(since && {since}),
    evidence: [budgetEvidence(budget), `node/${nameOf(node)} spec.unschedulable=true`],
    selfHealing: 'maybe',
    remedy: {
      look: [
        kubectl('describe', 'pdb', '-n', namespaceOf(budget), nameOf(budget)),
        kubectl('get', 'pods', '-n', namespaceOf(pod), '-o', 'wide'),
      ],
      act: [
        {
          text: 'fix the members that are not ready, or let the rollout finish: then the drain goes on by itself',
          commands: [],
        },
      ],
      risk: '',
      avoid: causes['pdb-blocks-drain'].avoid,
      rung: 0,
    },
  }
}

/** Why a drain does not go on. */
export const drainWaits: Rule<DisruptionSubject> = firstCause([
  stuckReplacement,
  unhealthyMember,
  blocksDrain,
])
