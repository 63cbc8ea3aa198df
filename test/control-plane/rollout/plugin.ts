import {expect} from 'vitest'
import type {Finding} from '../../../src/diagnosis/finding.ts'
import {rolloutQuestion} from '../../../src/reports/rollout/question.ts'
import type {RolledWorkload, RolloutReport} from '../../../src/reports/rollout/report.ts'
import type {KubectlOptions} from '../tools/kubectl.ts'
import type {Plugin} from '../tools/plugin.ts'
import {checkedRollout} from '../tools/schema.ts'
import {until} from '../tools/until.ts'

/** `rollout …` as the built plugin answers it: without a word on stderr. */
export interface Rollout {
  readonly report: (...args: readonly string[]) => Promise<RolloutReport>
  readonly text: (...args: readonly string[]) => Promise<string>
  /** A report's only workload, once it is accepted. */
  readonly until: (
    args: readonly string[],
    accept: (workload: RolledWorkload) => boolean,
  ) => Promise<RolledWorkload>
}

export function rolloutOf({stateful}: Plugin, options: KubectlOptions = {}): Rollout {
  const text = async (...args: readonly string[]) => {
    const {stdout, stderr, code} = await stateful(['rollout', ...args], options)
    expect({stderr, code}).toEqual({stderr: '', code: 0})
    return stdout
  }
  const report = async (...args: readonly string[]) =>
    checkedRollout(JSON.parse(await text(...args, '-o', 'json')))
  const read = async (args: readonly string[]) => onlyWorkload(await report(...args))
  return {text, report, until: (args, accept) => until(`rollout ${args}`, () => read(args), accept)}
}

/** A report's only workload. */
export function onlyWorkload({workloads}: RolloutReport): RolledWorkload {
  expect(workloads).toHaveLength(1)
  return workloads[0] as RolledWorkload
}

/** The ids of all that was found, sorted. */
export function idsIn(report: RolloutReport): readonly string[] {
  return rolloutQuestion
    .findings(report)
    .map(({id}) => id)
    .toSorted()
}

/** The one finding of that id. */
export function findingOf(report: RolloutReport, id: string): Finding {
  const those = rolloutQuestion.findings(report).filter((each) => each.id === id)
  expect(those, `findings ${id} among ${idsIn(report)}`).toHaveLength(1)
  return those[0] as Finding
}
