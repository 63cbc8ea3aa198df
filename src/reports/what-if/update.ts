import {kubectl} from '../../diagnosis/kubectl-command.ts'
import {respecified} from '../../model/foretold/respecified.ts'
import {nameOf, namespaceOf, type StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {revisionOf} from '../../model/rollout/stateful-set-facts.ts'
import {honorsMaxUnavailable} from '../../model/rollout/stateful-set-rules.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import {isMember} from '../../model/stateful-set.ts'
import {type Answer, answer} from './answer.ts'
import type {Change} from './change.ts'
import type {WhatIfEnd} from './report.ts'
import {courseOf, type SetCourse} from './set-course.ts'
import {stoppedFindings} from './stopped-findings.ts'
import {counted} from './words.ts'

type Update = Extract<Change, {readonly action: 'update'}>

/** What the new revision is called before its controller has named it. */
export const NEW_REVISION = '<new>'

/** A new template, or, where an update is under way, that one to its end. */
export function whatIfUpdated(set: StatefulSet, change: Update, relations: Relations): Answer {
  const begun = isUnderWay(set, relations) ? set : withNewRevision(set)
  const updated = withStrategy(begun, change)
  const course = courseOf(updated, change.neverReady, relations)
  return answer({
    steps: course.steps,
    end: endOf(course),
    findings: stoppedFindings(set, course.waitsFor, relations),
    pods: course.pods,
    workloads: [course.workload],
    command: commandOf(set, change),
  })
}

/** Some Pod is not of the update revision: the question is how that goes on. */
function isUnderWay(set: StatefulSet, {podsOf}: Relations): boolean {
  const {updateRevision} = set.status ?? {}
  const pods = podsOf(set.metadata?.uid).filter((pod) => isMember(set, pod))
  return updateRevision !== undefined && pods.some((pod) => revisionOf(pod) !== updateRevision)
}

function withNewRevision(set: StatefulSet): StatefulSet {
  const {updateRevision, currentRevision} = set.status ?? {}
  return {
    ...set,
    status: {
      replicas: 0,
      ...set.status,
      currentRevision: updateRevision ?? currentRevision ?? '',
      updateRevision: NEW_REVISION,
    },
  }
}

function withStrategy(set: StatefulSet, {partition, maxUnavailable}: Update): StatefulSet {
  if (partition === undefined && maxUnavailable === undefined) return set
  const {updateStrategy} = set.spec ?? {}
  const rollingUpdate = {
    ...updateStrategy?.rollingUpdate,
    ...(partition !== undefined && {partition}),
    ...(maxUnavailable !== undefined && {maxUnavailable}),
  }
  return respecified(set, {updateStrategy: {...updateStrategy, rollingUpdate}})
}

/** What is to be said of a number that this server does not respect. */
export function ignoredText(set: StatefulSet, change: Update, relations: Relations): readonly string[] {
  if (change.maxUnavailable === undefined) return []
  const updated = withStrategy(set, change)
  return honorsMaxUnavailable(updated, serverVersionOf(relations.snapshot))
    ? []
    : ['this server does not respect maxUnavailable of a StatefulSet: one Pod at a time']
}

function endOf({waitsFor, workload, pods, steps}: SetCourse): WhatIfEnd {
  const updated = pods.filter(({fate}) => fate === 'Deleted').length
  const done = `${counted(updated, 'Pod')} ${updated === 1 ? 'is' : 'are'} replaced`
  const lost = pods.find(({returns}) => returns === 'No')
  if (lost) {
    const why = lost.message ? `: ${lost.message}` : ''
    return {
      state: 'Stopped',
      message: `the update stops at ${lost.name}, which does not come back${why}`,
      waitsFor,
    }
  }
  if (waitsFor?.reason === 'Partition')
    return {state: 'Done', message: `${done}; the partition holds the others at the old revision`, waitsFor}
  if (waitsFor) {
    const left = workload.desired - updated
    const rest = left > 0 ? `, and ${left} of ${workload.desired} keep the old revision` : ''
    return {state: 'Stopped', message: `the update stops: it waits for ${waitsFor.message}${rest}`, waitsFor}
  }
  const rounds = steps.filter(({actions}) => actions.some(({action}) => action === 'Delete')).length
  return {
    state: 'Done',
    message: `${done} in ${counted(rounds, 'round')}; at least ${workload.ready.lowest} of ${workload.desired} stay ready`,
    waitsFor: null,
  }
}

function commandOf(set: StatefulSet, {partition, maxUnavailable}: Update): Answer['command'] {
  const place = ['-n', namespaceOf(set)]
  if (partition === undefined && maxUnavailable === undefined)
    return {text: kubectl('rollout', 'restart', 'sts', ...place, nameOf(set)), danger: ''}
  const rollingUpdate = {
    ...(partition !== undefined && {partition}),
    ...(maxUnavailable !== undefined && {maxUnavailable}),
  }
  const patch = JSON.stringify({spec: {updateStrategy: {type: 'RollingUpdate', rollingUpdate}}})
  return {text: kubectl('patch', 'sts', ...place, nameOf(set), '-p', patch), danger: ''}
}
