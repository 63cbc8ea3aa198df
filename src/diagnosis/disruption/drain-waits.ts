import {nameOf, namespaceOf} from '../../model/objects.ts'
import {isReady, isTerminating} from '../../model/pod.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import {kubectl} from '../command-line.ts'
import {secondsBetween} from '../elapsed.ts'
import {fewText} from '../few.ts'
import {firstCause, type Rule} from '../finding.ts'
import {podReference} from '../pod.ts'
import {refusedEvictions} from './evictions.ts'
import {stuckReplacement} from './stuck-replacement.ts'
import {
  budgetEvidence,
  budgetReference,
  budgetText,
  type DisruptionSubject,
  ownerText,
  protects,
} from './subject.ts'

/** While a Pod of a rollout, or a drain before, is away, that is as it should be. */
const PATIENCE_SECONDS = 300

const severityOf = (since: string | undefined, {relations}: DisruptionSubject) =>
  secondsBetween(since, relations.snapshot.observedAt) < PATIENCE_SECONDS ? 'warning' : 'error'

/** The Pod that is to go does not even work, and its budget keeps it all the same (IfHealthyBudget). */
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
    message: `${name} is not ready, and ${budgetText(budget)} does not let node ${nameOf(node)} be drained of it, because too few others are healthy`,
    object: podReference(pod),
    ...(since && {since}),
    evidence: [
      `pod/${name} condition Ready is not True`,
      budgetEvidence(budget),
      `poddisruptionbudget/${nameOf(budget)} spec.unhealthyPodEvictionPolicy=${budget.spec?.unhealthyPodEvictionPolicy ?? '<none>, which is IfHealthyBudget'}`,
    ],
    selfHealing: 'maybe',
    remedy: {
      commands: [
        kubectl('describe', 'pod', '-n', namespace, name),
        knowsPolicy
          ? kubectl('patch', 'pdb', '-n', namespace, nameOf(budget), '-p', patch)
          : kubectl('delete', 'pod', '-n', namespace, name),
      ],
      advice: 'mend the Pod first if it can be mended where it is',
      danger: 'a member that is not ready may still hold, or be catching up with, data that the others need',
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
  const waits =
    unhealthy.length > 0
      ? `: ${fewText(unhealthy.map(nameOf))} ${unhealthy.length === 1 ? 'is' : 'are'} not ready`
      : ''
  return {
    id: 'pdb-blocks-drain',
    severity: severityOf(since, subject),
    message: `${budgetText(budget)} keeps ${nameOf(pod)} of ${ownerText(subject)} from being evicted from node ${nameOf(node)}${waits}`,
    object: budgetReference(budget),
    ...(since && {since}),
    evidence: [budgetEvidence(budget), `node/${nameOf(node)} spec.unschedulable=true`],
    selfHealing: 'maybe',
    remedy: {
      commands: [
        kubectl('describe', 'pdb', '-n', namespaceOf(budget), nameOf(budget)),
        kubectl('get', 'pods', '-n', namespaceOf(pod), '-o', 'wide'),
      ],
      advice:
        'heal the members that are not ready, or let the rollout finish: then the drain goes on by itself',
      danger: 'a drain with --disable-eviction asks no budget, and may take the quorum away',
      rung: 0,
    },
  }
}

/** Why a drain does not get on. */
export const drainWaits: Rule<DisruptionSubject> = firstCause([
  stuckReplacement,
  unhealthyMember,
  blocksDrain,
])
