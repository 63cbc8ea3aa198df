import {expect} from 'vitest'
import type {Finding} from '../../../src/diagnosis/finding.ts'
import {coverageQuestion} from '../../../src/reports/coverage/question.ts'
import type {CoverageReport, CoveredDaemonSet, CoveredNode} from '../../../src/reports/coverage/report.ts'
import type {KubectlOptions} from '../tools/kubectl.ts'
import type {Plugin} from '../tools/plugin.ts'
import {checkedCoverage} from '../tools/schema.ts'

/** `coverage …` as the built plugin answers it: without a word on stderr. */
export interface Coverage {
  readonly report: (...args: readonly string[]) => Promise<CoverageReport>
  readonly text: (...args: readonly string[]) => Promise<string>
}

export function coverageOf({stateful}: Plugin, options: KubectlOptions = {}): Coverage {
  const text = async (...args: readonly string[]) => {
    const {stdout, stderr, code} = await stateful(['coverage', ...args], options)
    expect({stderr, code}).toEqual({stderr: '', code: 0})
    return stdout
  }
  return {text, report: async (...args) => checkedCoverage(JSON.parse(await text(...args, '-o', 'json')))}
}

/** A report's only DaemonSet. */
export function only({daemonSets}: CoverageReport): CoveredDaemonSet {
  expect(daemonSets).toHaveLength(1)
  return daemonSets[0] as CoveredDaemonSet
}

/** What a report's only DaemonSet says of a node. */
export function nodeOf(report: CoverageReport, name: string): CoveredNode {
  const {nodes} = only(report)
  const node = nodes.find((each) => each.name === name)
  expect(nodes.map((each) => each.name)).toContain(name)
  return node as CoveredNode
}

/** `node state`, of each node of a report's only DaemonSet. */
export function states(report: CoverageReport): readonly string[] {
  return only(report).nodes.map(({name, state}) => `${name} ${state}`)
}

/** Everything found, as `severity id name`, sorted. */
export function foundIn(report: CoverageReport): readonly string[] {
  return coverageQuestion
    .findings(report)
    .map(({severity, id, object}) => `${severity} ${id} ${object.name}`)
    .toSorted()
}

/** The first finding of that id. */
export function findingIn(report: CoverageReport, id: string): Finding {
  const finding = coverageQuestion.findings(report).find((each) => each.id === id)
  expect(foundIn(report).map((each) => each.split(' ')[1])).toContain(id)
  return finding as Finding
}
