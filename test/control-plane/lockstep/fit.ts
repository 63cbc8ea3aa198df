import type {Choice, NextStep, PodAction} from '../../../src/model/rollout/next-step.ts'
import {type Act, showAct} from './in-words.ts'

/** How many Pods one sync creates or deletes. */
export function sizeOf({actions, choose, chooseAlso}: NextStep): number {
  return actions.length + (choose?.count ?? 0) + (chooseAlso?.count ?? 0)
}

/** Empty when these writes are what was foreseen: all of the actions, and of each choice its count. */
export function disagreement({actions, choose, chooseAlso}: NextStep, done: readonly Act[]): string {
  const missing = actions.filter((action) => !done.some((act) => fits(action, act)))
  const picked = done.filter((act) => !actions.some((action) => fits(action, act)))
  const choices = [choose, chooseAlso].filter((choice) => choice !== null && choice !== undefined)
  const odd = picked.filter((act) => !choices.some((choice) => isOneOf(choice, act)))
  const short = choices.filter(
    (choice) => picked.filter((act) => isOneOf(choice, act)).length !== choice.count,
  )
  return [
    ...missing.map((action) => `not: ${showAct(action)}`),
    ...odd.map((act) => `instead: ${showAct(act)}`),
    ...short.map(({action, count}) => `not ${count} picks to ${action}`),
  ].join(', ')
}

function fits(action: PodAction, act: Act): boolean {
  if (action.action !== act.action) return false
  if (action.pod !== null && action.pod !== act.pod) return false
  if (action.pod === null && action.nodeName !== act.nodeName) return false
  return action.action === 'Delete' || action.revision === act.revision
}

function isOneOf({action, from}: Choice, act: Act): boolean {
  if (action !== act.action) return false
  return from.some(({nodeName, pod}) => (pod === null ? nodeName === act.nodeName : pod === act.pod))
}
