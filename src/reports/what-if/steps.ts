import type {Round} from '../../model/foretold/course.ts'
import {nameOf, namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import type {Choice, PodAction} from '../../model/rollout/next-step.ts'
import type {StepAction, StepChoice, WhatIfStep} from './report.ts'

/** Steps of one set, a round each. */
export function stepsOf(
  rounds: readonly Round[],
  set: {readonly namespace: string; readonly pods: readonly Pod[]},
  first = 1,
): readonly WhatIfStep[] {
  const places = new Map(set.pods.map((pod) => [nameOf(pod), pod.spec?.nodeName ?? null]))
  return rounds.map(({actions, unavailable, choices = []}, index) => ({
    round: first + index,
    waitsFor: null,
    actions: actions.map((each) => actionOf(each, set.namespace, places)),
    choices: choices.map(choiceOf),
    unavailable,
  }))
}

function actionOf(
  {action, pod, ordinal, revision, nodeName}: PodAction,
  namespace: string,
  places: ReadonlyMap<string, string | null>,
): StepAction {
  const place = action === 'Delete' ? (places.get(pod ?? '') ?? null) : null
  return {
    action,
    kind: 'Pod',
    namespace,
    name: pod,
    ordinal: ordinal ?? null,
    revision: revision ?? null,
    nodeName: nodeName ?? place,
  }
}

export function choiceOf({action, count, from}: Choice): StepChoice {
  return {action, count, from: from.map(({nodeName, pod}) => pod ?? nodeName)}
}

/** What is done to Pods that are there. */
export function actionsOn(pods: readonly Pod[], action: StepAction['action']): readonly StepAction[] {
  return pods.map((pod) => ({
    action,
    kind: 'Pod',
    namespace: namespaceOf(pod),
    name: nameOf(pod),
    ordinal: null,
    revision: null,
    nodeName: pod.spec?.nodeName ?? null,
  }))
}

/** What a controller creates in the course of it. */
export function creations(rounds: readonly Round[], set: StatefulSet): readonly StepAction[] {
  const all = stepsOf(rounds, {namespace: namespaceOf(set), pods: []})
  return all.flatMap(({actions}) => actions)
}
