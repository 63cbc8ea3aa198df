import {describe, expect, test} from 'vitest'
import {looksAt as claimLooksAt, claimRules} from '../../src/diagnosis/claim/index.ts'
import {claimSubject} from '../../src/diagnosis/claim/subject.ts'
import {
  looksAt as daemonLooksAt,
  daemonNodeRules,
  daemonSetRules,
  oneNodeRules,
} from '../../src/diagnosis/daemon-set/index.ts'
import {daemonNodeSubject, daemonSetSubject} from '../../src/diagnosis/daemon-set/subject.ts'
import {looksAt as disruptionLooksAt, disruptionRules} from '../../src/diagnosis/disruption/index.ts'
import {disruptionSubject} from '../../src/diagnosis/disruption/subject.ts'
import {diagnose} from '../../src/diagnosis/finding.ts'
import {looksAt as podLooksAt, podRules} from '../../src/diagnosis/pod/index.ts'
import {podSubject} from '../../src/diagnosis/pod/subject.ts'
import {rolloutFindings} from '../../src/diagnosis/stateful-set/diagnosis.ts'
import {
  ordinalRules,
  setRules,
  looksAt as statefulSetLooksAt,
  statusRules,
} from '../../src/diagnosis/stateful-set/index.ts'
import {looksAt as rolloutLooksAt} from '../../src/diagnosis/stateful-set/rollout/index.ts'
import {statefulSetProgress} from '../../src/diagnosis/stateful-set/rollout/progress.ts'
import {
  daemonWorkloadRules,
  looksAt as workloadLooksAt,
  workloadRules,
} from '../../src/diagnosis/workload/index.ts'
import {mountedClaims} from '../../src/model/mounted-claims.ts'
import {nameOf, namespaceOf, type StatefulSet} from '../../src/model/objects.ts'
import {ordinalsOf} from '../../src/model/ordinals.ts'
import type {Relations} from '../../src/model/relations.ts'
import {statefulSetFacts} from '../../src/model/rollout/stateful-set-facts.ts'
import {statefulSetNext} from '../../src/model/rollout/stateful-set-next.ts'
import type {ClusterSnapshot, ResourceKey} from '../../src/model/snapshot.ts'
import {clusters} from '../clusters-by-cause.ts'
import {recording} from './recording.ts'

type Judges = (whole: ClusterSnapshot, relations: Relations) => void

/** Everything that the rules of a module can be asked about, with what they look at told to the relations. */
const modules: Readonly<Record<string, {looksAt: readonly ResourceKey[]; judge: Judges}>> = {
  pod: {
    looksAt: podLooksAt,
    judge: ({pods}, relations) => {
      for (const pod of pods) podRules(podSubject(pod, relations))
    },
  },
  claim: {
    looksAt: claimLooksAt,
    judge: ({statefulSets, pods}, relations) => {
      for (const set of statefulSets) judgeClaims(set, relations)
      for (const pod of pods)
        for (const name of mountedClaims(pod))
          diagnose(claimRules, claimSubject(namespaceOf(pod), name, relations))
    },
  },
  'stateful-set': {
    looksAt: statefulSetLooksAt,
    judge: ({statefulSets}, relations) => {
      for (const set of statefulSets) {
        const ordinals = ordinalsOf(set, relations)
        diagnose([...setRules, ...statusRules], {set, ordinals, relations})
        for (const ordinal of ordinals) diagnose(ordinalRules, {set, ordinal, relations})
      }
    },
  },
  'stateful-set/rollout': {
    looksAt: rolloutLooksAt,
    judge: ({statefulSets}, relations) => {
      for (const set of statefulSets) {
        const facts = statefulSetFacts(set, relations)
        if (!facts) continue
        const next = statefulSetNext(facts)
        rolloutFindings({facts, next, ...statefulSetProgress(next, facts, relations)}, relations)
      }
    },
  },
  'daemon-set': {
    looksAt: daemonLooksAt,
    judge: ({daemonSets}, relations) => {
      for (const set of daemonSets) {
        const subject = daemonSetSubject(set, relations)
        diagnose(daemonSetRules, subject)
        for (const counted of subject.nodes)
          diagnose(
            [...daemonNodeRules, ...oneNodeRules],
            daemonNodeSubject(subject, nameOf(counted.node), counted, counted.pods),
          )
      }
    },
  },
  workload: {
    looksAt: workloadLooksAt,
    judge: ({statefulSets, daemonSets}, relations) => {
      for (const set of statefulSets) diagnose(workloadRules, {kind: 'StatefulSet', set, relations})
      for (const set of daemonSets) diagnose(daemonWorkloadRules, {kind: 'DaemonSet', set, relations})
    },
  },
  disruption: {
    looksAt: disruptionLooksAt,
    judge: ({statefulSets, daemonSets}, relations) => {
      const judged = [
        ...statefulSets.map((set) => ({kind: 'StatefulSet', set}) as const),
        ...daemonSets.map((set) => ({kind: 'DaemonSet', set}) as const),
      ]
      for (const each of judged)
        diagnose(disruptionRules, disruptionSubject(each, relations.snapshot.podDisruptionBudgets, relations))
    },
  },
}

function judgeClaims(set: StatefulSet, relations: Relations): void {
  for (const ordinal of ordinalsOf(set, relations)) {
    for (const ordinalClaim of ordinal.claims) {
      const subject = claimSubject(namespaceOf(set), ordinalClaim.name, relations)
      diagnose(claimRules, {...subject, of: {set, ordinal, relations, ordinalClaim}})
    }
  }
}

describe('the rules of a module look at the kinds that the module names, and at no others', async () => {
  const snapshots = await Promise.all(clusters.map(({read}) => read()))
  test.for(Object.entries(modules))('%s', ([, {looksAt, judge}]) => {
    const touched = new Set<ResourceKey>()
    for (const whole of snapshots) judge(whole, recording(whole, touched))
    // no kind, and read by who asks for it alone
    touched.delete('usage' as never)
    expect([...touched].toSorted()).toEqual(looksAt.toSorted())
  })
})
