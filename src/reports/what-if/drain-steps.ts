import type {Drained, DrainRound} from '../../model/foretold/drain.ts'
import {nameOf} from '../../model/objects.ts'
import type {WhatIfStep} from './report.ts'
import {actionsIn, actionsOn, step} from './steps.ts'

/** A step for all that budgets let go side by side, and for what comes in its place. */
export function drainSteps({rounds}: Drained): readonly WhatIfStep[] {
  return rounds.map((round, index) =>
    step({
      round: index + 1,
      waitsFor: index === 0 ? null : waitText(rounds[index - 1], round),
      actions: [...actionsOn(round.evicted, 'Evict'), ...actionsIn(round.courses)],
      choices: round.choices.map(({count, from}) => ({action: 'Evict', count, from: from.map(nameOf)})),
      unavailable: round.evicted.map(nameOf),
    }),
  )
}

function waitText(before: DrainRound | undefined, {node}: DrainRound): string {
  return before?.node === node
    ? 'the budgets to allow more: what was evicted is back'
    : `${before?.node} to be empty`
}
