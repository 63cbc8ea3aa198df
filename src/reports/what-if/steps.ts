import type {Course, Round} from '../../model/foretold/course.ts'
import {nameOf, namespaceOf, type Pod, type StatefulSet} from '../../model/objects.ts'
import type {Choice, PodAction} from '../../model/rollout/next-step.ts'
import type {StepAction, StepChoice, WhatIfStep} from './report.ts'

/** A step of which only what is said is to be said. */
export function step(said: Partial<WhatIfStep> & Pick<WhatIfStep, 'actions'>): WhatIfStep {
  return {round: 1, waitsFor: null, choices: [], times: 1, unavailable: [], ...said}
}

/** Steps of one set: a Pod that is deleted and created again is one. */
export function stepsOf(
  rounds: readonly Round[],
  set: {readonly namespace: string; readonly pods: readonly Pod[]},
): readonly WhatIfStep[] {
  const places = new Map(set.pods.map((pod) => [nameOf(pod), pod.spec?.nodeName ?? null]))
  return joined(rounds).map(({actions, unavailable, choices = [], times = 1, total}, index) =>
    step({
      round: index + 1,
      actions: actions.map((each) => actionOf(each, set.namespace, places)),
      choices: choices.map((each) => ({...choiceOf(each), ...(total && {total})})),
      times,
      unavailable,
    }),
  )
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

/** A claim that is deleted. */
export function claimDeleted(namespace: string, name: string): StepAction {
  return {
    action: 'Delete',
    kind: 'PersistentVolumeClaim',
    namespace,
    name,
    ordinal: null,
    revision: null,
    nodeName: null,
  }
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

/** What controllers do in the course of it. */
export function actionsIn(courses: readonly Course<StatefulSet>[]): readonly StepAction[] {
  return courses.flatMap(({rounds, set}) =>
    stepsOf(rounds, {namespace: namespaceOf(set), pods: []}).flatMap(({actions}) => actions),
  )
}

/** With what only brings back who was deleted in the round before. */
function joined(rounds: readonly Round[]): readonly Round[] {
  const all: Round[] = []
  for (const round of rounds) {
    const last = all.at(-1)
    if (last && round.actions.length > 0 && round.actions.every((each) => bringsBack(each, last)))
      all[all.length - 1] = both(last, round)
    else all.push(round)
  }
  return all
}

function both(first: Round, second: Round): Round {
  const unavailable = [...new Set([...first.unavailable, ...second.unavailable])]
  return {...first, actions: [...first.actions, ...second.actions], unavailable}
}

function bringsBack({action, pod, nodeName}: PodAction, {actions}: Round): boolean {
  const isSame = (each: PodAction) => (pod === null ? each.nodeName === nodeName : each.pod === pod)
  return action === 'Create' && actions.some((each) => each.action === 'Delete' && isSame(each))
}
