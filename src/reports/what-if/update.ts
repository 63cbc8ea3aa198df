import {respecified} from '../../model/foretold/respecified.ts'
import type {StatefulSet} from '../../model/objects.ts'
import type {Relations} from '../../model/relations.ts'
import {revisionOf} from '../../model/rollout/stateful-set-facts.ts'
import {honorsMaxUnavailable} from '../../model/rollout/stateful-set-rules.ts'
import {serverVersionOf} from '../../model/server-version.ts'
import {isMember} from '../../model/stateful-set.ts'
import {type Answer, answer} from './answer.ts'
import type {Change} from './change.ts'
import {lossFirst, withLossDanger} from './loss-first.ts'
import {claimLosses} from './pod-losses.ts'
import type {WhatIfEnd} from './report.ts'
import {worstFirst} from './retained.ts'
import {courseOf, goneIn, type SetCourse} from './set-course.ts'
import {stoppedFindings} from './stopped-findings.ts'
import {unsureEnd} from './unsure-end.ts'
import {paceOf, updateAssumption, updateCommand} from './update-command.ts'
import {counted} from './words.ts'

type Update = Extract<Change, {readonly action: 'update'}>

/** What the new revision is called before its controller has named it. */
export const NEW_REVISION = '<new>'

/** A new template, or, where an update is under way, that one to its end. */
export function whatIfUpdated(set: StatefulSet, change: Update, relations: Relations): Answer {
  const isBegun = isUnderWay(set, relations)
  const begun = isBegun ? set : withNewRevision(set)
  const updated = withStrategy(begun, change, relations)
  const course = courseOf(updated, change.neverReady, relations)
  const losses = worstFirst(claimLosses(goneIn(course), relations))
  return answer({
    steps: course.steps,
    end: lossFirst(endOf(course), losses),
    losses,
    findings: stoppedFindings(set, course.waitsFor, relations),
    pods: course.pods,
    workloads: [course.workload],
    command: withLossDanger(updateCommand('sts', set, change, isBegun), losses),
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

function withStrategy(set: StatefulSet, change: Update, relations: Relations): StatefulSet {
  const pace = paceOf(isTaken(set, relations) ? change : {...change, maxUnavailable: undefined})
  if (!pace) return set
  const rollingUpdate = {...set.spec?.updateStrategy?.rollingUpdate, ...pace}
  return respecified(set, {updateStrategy: {type: 'RollingUpdate', rollingUpdate}})
}

/** Up to 1.34 the API server drops maxUnavailable, unless its gate was turned on: then it has filled it in. */
function isTaken({spec}: StatefulSet, {snapshot}: Relations): boolean {
  const isOnByHand = spec?.updateStrategy?.rollingUpdate?.maxUnavailable !== undefined
  return isOnByHand || (serverVersionOf(snapshot)?.minor ?? 37) >= 35
}

/** Which update is meant, and what is to be said of a number that this server does not respect. */
export function updateAssumptions(set: StatefulSet, change: Update, relations: Relations): readonly string[] {
  const meant = updateAssumption(isUnderWay(set, relations))
  if (change.maxUnavailable === undefined) return [meant]
  const updated = withStrategy(set, change, relations)
  return honorsMaxUnavailable(updated, serverVersionOf(relations.snapshot))
    ? [meant]
    : [meant, 'this server does not respect maxUnavailable of a StatefulSet: one Pod at a time']
}

function endOf({waitsFor, workload, pods, steps}: SetCourse): WhatIfEnd {
  const replaced = pods.filter(({fate}) => fate === 'Deleted')
  const updated = replaced.length
  const sure = replaced.filter(({onlyIf}) => onlyIf.length === 0).length
  const done = `${counted(sure, 'Pod')} ${sure === 1 ? 'is' : 'are'} replaced`
  const lost = pods.find(({returns}) => returns === 'No')
  if (lost) {
    const why = lost.message ? `: ${lost.message}` : ''
    return {
      state: 'Stopped',
      message: `the update stops at ${lost.name}, which does not come back${why}`,
      waitsFor,
    }
  }
  const isHeld = waitsFor?.reason === 'Partition'
  const held = isHeld ? `${done}; the partition holds the others at the old revision` : done
  if (waitsFor && !isHeld) {
    const left = workload.desired - updated
    const rest = left > 0 ? `, and ${left} of ${workload.desired} keep the old revision` : ''
    return {state: 'Stopped', message: `the update stops: it waits for ${waitsFor.message}${rest}`, waitsFor}
  }
  const unsure = unsureEnd(held, pods)
  if (unsure) return {...unsure, waitsFor}
  if (isHeld) return {state: 'Done', message: held, waitsFor}
  if (workload.desired === 0)
    return {state: 'Done', message: 'it is scaled to 0: nothing is replaced', waitsFor: null}
  const rounds = steps.filter(({actions}) => actions.some(({action}) => action === 'Delete')).length
  return {
    state: 'Done',
    message: `${done} in ${counted(rounds, 'round')}; at least ${workload.ready.lowest} of ${workload.desired} stay ready`,
    waitsFor: null,
  }
}
