import {expect} from 'vitest'
import type {WhyReport} from '../../../src/reports/why/report.ts'
import type {KubectlOptions} from '../tools/kubectl.ts'
import type {Plugin} from '../tools/plugin.ts'
import {checkedWhy} from '../tools/schema.ts'

/** `why …` as the built plugin answers it. */
export interface Why {
  /** Without a word on stderr. */
  readonly text: (...args: readonly string[]) => Promise<string>
  readonly report: (...args: readonly string[]) => Promise<WhyReport>
  /** The report, and what stands on stderr. */
  readonly noted: (...args: readonly string[]) => Promise<{report: WhyReport; stderr: string}>
}

export function whyOf({stateful}: Plugin, options: KubectlOptions = {}): Why {
  const text = async (...args: readonly string[]) => {
    const {stdout, stderr, code} = await stateful(['why', ...args], options)
    expect({stderr, code}).toEqual({stderr: '', code: 0})
    return stdout
  }
  const noted = async (...args: readonly string[]) => {
    const {stdout, stderr, code} = await stateful(['why', ...args, '-o', 'json'], options)
    expect(code, stderr).toBe(0)
    return {report: checkedWhy(JSON.parse(stdout)), stderr}
  }
  const report = async (...args: readonly string[]) =>
    checkedWhy(JSON.parse(await text(...args, '-o', 'json')))
  return {text, report, noted}
}

/** The chain as `Kind name state`. */
export function links({chain}: WhyReport): readonly string[] {
  return chain.map(({kind, name, state}) => `${kind} ${name} ${state}`)
}
