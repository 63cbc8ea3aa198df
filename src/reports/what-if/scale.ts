import {kubectl} from '../../diagnosis/kubectl-command.ts'
import {respecified} from '../../model/foretold/respecified.ts'
import {nameOf, namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {desiredReplicas, ordinalIn} from '../../model/stateful-set.ts'
import {type Answer, answer} from './answer.ts'
import {lossFirst, withLossDanger} from './loss-first.ts'
import {claimLosses} from './pod-losses.ts'
import type {Loss, WhatIfEnd, WhatIfStep} from './report.ts'
import {lossesOfOrdinal, worstFirst} from './retained.ts'
import {courseOf, goneIn, podsAfter, type SetCourse} from './set-course.ts'
import {claimDeleted, step} from './steps.ts'
import {stoppedFindings} from './stopped-findings.ts'
import {unsureEnd} from './unsure-end.ts'
import {counted} from './words.ts'

/** Another number of replicas: who goes or comes in which order, and which claims go with them. */
export function whatIfScaled(
  set: StatefulSet,
  replicas: number,
  relations: Relations,
  neverReady: readonly string[],
): Answer {
  const scaled = respecified(set, {replicas})
  const course = courseOf(scaled, neverReady, relations)
  const losses = lossesOf(scaled, course, relations)
  return answer({
    steps: withClaims(course.steps, losses),
    end: lossFirst(endOf(set, scaled, course), losses),
    losses,
    findings: stoppedFindings(set, course.waitsFor, relations),
    pods: course.pods,
    workloads: [course.workload],
    command: withLossDanger(
      {
        text: `${kubectl('scale', 'sts', '-n', namespaceOf(set), nameOf(set))} --replicas=${replicas}`,
        danger: '',
      },
      losses,
    ),
  })
}

/** With whenScaled=Delete the claims of ordinals go when their Pods are gone. */
function lossesOf(set: StatefulSet, course: SetCourse, relations: Relations): readonly Loss[] {
  const isDeleting = set.spec?.persistentVolumeClaimRetentionPolicy?.whenScaled === 'Delete'
  const names = new Set(podsAfter(course).map(nameOf))
  const removed = goneIn(course).filter((pod) => !names.has(nameOf(pod)))
  const ofSet = (pod: Pod) => {
    const ordinal = ordinalIn(nameOf(pod), nameOf(set)) ?? -1
    return lossesOfOrdinal(set, ordinal, `with ${nameOf(pod)} (whenScaled: Delete)`, relations)
  }
  return worstFirst([
    ...(isDeleting ? removed.flatMap(ofSet) : []),
    ...claimLosses(goneIn(course), relations),
  ])
}

function withClaims(steps: readonly WhatIfStep[], losses: readonly Loss[]): readonly WhatIfStep[] {
  if (losses.length === 0) return steps
  const actions = losses.map(({namespace, name}) => claimDeleted(namespace ?? '', name))
  return [...steps, step({round: steps.length + 1, waitsFor: 'their Pods to be gone', actions})]
}

function endOf(set: StatefulSet, scaled: StatefulSet, {workload, waitsFor, pods}: SetCourse): WhatIfEnd {
  const wanted = desiredReplicas(scaled)
  const isStopped = waitsFor !== null && !['Partition', 'OnDelete'].includes(waitsFor.reason)
  if (isStopped)
    return {
      state: 'Stopped',
      message: `it stops there: ${nameOf(set)} waits for ${waitsFor.message}`,
      waitsFor,
    }
  const short = pods.find(({returns}) => returns === 'No')
  if (short) return {state: 'Short', message: `${short.name} finds no node: ${short.message}`, waitsFor}
  const done = `${nameOf(set)} goes from ${desiredReplicas(set)} to ${counted(wanted, 'replica')}`
  const ready = workload.ready.end
  return (
    unsureEnd(done, pods) ?? {
      state: ready === wanted ? 'Done' : 'Short',
      message: `${done}, ${ready} of them ready`,
      waitsFor: null,
    }
  )
}
