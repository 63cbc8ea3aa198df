/** What rules about whole sets look at, and all findings of one set, in the order that the reports are to have. */
import {daemonSetRules, oneNodeRules} from '../../src/diagnosis/daemon-set/index.ts'
import {daemonNodeSubject, daemonSetSubject} from '../../src/diagnosis/daemon-set/subject.ts'
import {disruptionRules} from '../../src/diagnosis/disruption/index.ts'
import {type DisruptionSubject, disruptionSubject} from '../../src/diagnosis/disruption/subject.ts'
import {diagnose, type Finding} from '../../src/diagnosis/finding.ts'
import {rolloutFindings as findingsOf, rolloutOf} from '../../src/diagnosis/stateful-set/diagnosis.ts'
import {ordinalRules, setRules, statusRules} from '../../src/diagnosis/stateful-set/index.ts'
import {daemonWorkloadRules, workloadRules} from '../../src/diagnosis/workload/index.ts'
import type {WorkloadSubject} from '../../src/diagnosis/workload/subject.ts'
import {countersOf} from '../../src/model/daemon-counters.ts'
import type {PodDisruptionBudget} from '../../src/model/objects.ts'
import {nameOf} from '../../src/model/objects.ts'
import {ordinalsOf} from '../../src/model/ordinals.ts'
import {type Relations, relate} from '../../src/model/relations.ts'
import {snapshot, statefulSet} from '../builders.ts'
import {daemonSet} from '../builders-daemon.ts'
import type {Facts} from './subjects.ts'

export interface SetFacts extends Facts {
  readonly version?: string
  /** Those that were read, in short. */
  readonly budgets?: readonly PodDisruptionBudget[]
}

/** Of 1.37.1, unless told. */
function relationsOf({unseen = [], version = 'v1.37.1', budgets = [], ...facts}: SetFacts): Relations {
  return relate({...snapshot({podDisruptionBudgets: budgets, ...facts}, unseen), server: {version}})
}

/** The first StatefulSet of the facts, else the first DaemonSet. */
export function workloadSubject(facts: SetFacts): WorkloadSubject {
  const [set] = facts.statefulSets ?? []
  const relations = relationsOf(facts)
  if (set) return {kind: 'StatefulSet', set, relations}
  return {kind: 'DaemonSet', set: facts.daemonSets?.[0] ?? daemonSet(), relations}
}

function evictionSubject(facts: SetFacts): DisruptionSubject {
  const {relations, ...of} = workloadSubject(facts)
  return disruptionSubject(of, relations.snapshot.podDisruptionBudgets, relations)
}

export function rolloutFindings(facts: SetFacts): readonly Finding[] {
  const relations = relationsOf(facts)
  const rollout = rolloutOf(facts.statefulSets?.[0] ?? statefulSet(), relations)
  return [...workloadFindings(workloadSubject(facts)), ...(rollout ? findingsOf(rollout, relations) : [])]
}

function workloadFindings(subject: WorkloadSubject): readonly Finding[] {
  return diagnose(subject.kind === 'StatefulSet' ? workloadRules : daemonWorkloadRules, subject)
}

export function setFindings(facts: SetFacts): readonly Finding[] {
  const [set = statefulSet()] = facts.statefulSets ?? []
  const relations = relationsOf(facts)
  const ordinals = ordinalsOf(set, relations)
  return [
    ...diagnose([...setRules, ...statusRules], {set, ordinals, relations}),
    ...ordinals.flatMap((ordinal) => diagnose(ordinalRules, {set, ordinal, relations})),
  ]
}

export function evictionFindings(facts: SetFacts): readonly Finding[] {
  return diagnose(disruptionRules, evictionSubject(facts))
}

/** Of a set whose controller has counted, unless told what it wrote; and of each node, as if that one was asked about. */
export function daemonFindings(facts: SetFacts): readonly Finding[] {
  const relations = relationsOf(facts)
  const set = facts.daemonSets?.[0] ?? daemonSet()
  const {nodes, hash} = daemonSetSubject(set, relations)
  const counters = countersOf(set, nodes, hash, relations.snapshot.observedAt)
  const subject = daemonSetSubject(
    {
      ...set,
      status: {...counters, updatedNumberScheduled: counters.updatedNumberScheduled ?? 0, ...set.status},
    },
    relations,
  )
  return [
    ...diagnose(daemonSetRules, subject),
    ...subject.nodes.flatMap((counted) =>
      diagnose(oneNodeRules, daemonNodeSubject(subject, nameOf(counted.node), counted, counted.pods)),
    ),
  ]
}

export function ids(findings: readonly Finding[]): readonly string[] {
  return findings.map(({id}) => id)
}
