import {relate} from '../../../src/model/relations.ts'
import type {Observed, ResourceKey} from '../../../src/model/snapshot.ts'
import {leftoversQuestion} from '../../../src/reports/leftovers/question.ts'
import type {LeftoversReport} from '../../../src/reports/leftovers/report.ts'
import {snapshot} from '../../builders.ts'

/** The report about these objects; `unseen` kinds were asked for and refused. */
export function leftoversOf(
  facts: Partial<Observed>,
  {unseen = [], selector}: {unseen?: readonly ResourceKey[]; selector?: string} = {},
): LeftoversReport {
  const seen = snapshot(facts, unseen)
  return leftoversQuestion.build(seen, {names: [], ...(selector !== undefined && {selector})}, () =>
    relate(seen),
  )
}

/** Each as `reason name: effect`. */
export function told({leftovers}: LeftoversReport): readonly string[] {
  return leftovers.map(({reason, name, deleting}) => `${reason} ${name}: ${deleting.effect}`)
}

/** Each as `reason by: names`. */
export function sparedIn({spared}: LeftoversReport): readonly string[] {
  return spared.map(({reason, by, objects}) =>
    `${reason} ${by ?? ''}: ${objects.map(({name}) => name).join(', ')}`.replace(' :', ':'),
  )
}
