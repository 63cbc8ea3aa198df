import {mkdirSync, symlinkSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {expect} from 'vitest'
import type {Finding} from '../../../src/diagnosis/finding.ts'
import {mapQuestion} from '../../../src/reports/map/question.ts'
import type {MappedOrdinal, MapReport} from '../../../src/reports/map/report.ts'
import type {ControlPlane} from './control-plane.ts'
import type {KubectlOptions, KubectlResult} from './kubectl.ts'
import {checkedMap} from './schema.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** The built plugin as the real kubectl starts it, by default for whoever has the rights of the ClusterRole that we ship. */
export interface Plugin {
  readonly stateful: (args: readonly string[], options?: KubectlOptions) => Promise<KubectlResult>
  /** `map … -o json`: answered without a word on stderr, and as the schema says. */
  readonly map: (...args: readonly string[]) => Promise<MapReport>
  /** What `map …` prints. */
  readonly text: (...args: readonly string[]) => Promise<string>
  /** With it kubectl finds the plugin, and who runs it. */
  readonly env: Readonly<Record<string, string>>
}

/**
 * Whoever it is run by. A server that has just started refuses everybody but system:masters until it has read who may do what:
 * tests that restart it run the plugin as those.
 */
export function installPlugin({folder, kubectl, operator}: ControlPlane, kubeconfig = operator): Plugin {
  const plugins = join(folder, 'plugins')
  mkdirSync(plugins)
  symlinkSync(join(ROOT, 'bin', 'run.js'), join(plugins, 'kubectl-stateful'))
  const path = [plugins, join(ROOT, 'node_modules', '.bin'), '/usr/bin', '/bin']
  const env = {PATH: path.join(delimiter), KUBECONFIG: kubeconfig}

  const stateful = (args: readonly string[], options: KubectlOptions = {}) =>
    kubectl(['stateful', ...args], {...options, env: {...env, ...options.env}})
  const answer = async (args: readonly string[]) => {
    const {stdout, stderr, code} = await stateful(['map', ...args])
    expect({stderr, code}).toEqual({stderr: '', code: 0})
    return stdout
  }
  return {
    stateful,
    map: async (...args) => checkedMap(JSON.parse(await answer([...args, '-o', 'json']))),
    text: (...args) => answer(args),
    env,
  }
}

/** Everything found, as `severity id name`, sorted. */
export function found(report: MapReport): readonly string[] {
  return mapQuestion
    .findings(report)
    .map(({severity, id, object}) => `${severity} ${id} ${object.name}`)
    .toSorted()
}

/** The one finding of that id. */
export function finding(report: MapReport, id: string): Finding {
  const those = mapQuestion.findings(report).filter((each) => each.id === id)
  expect(those, `findings ${id} among ${found(report)}`).toHaveLength(1)
  return those[0] as Finding
}

/** Every ordinal of a report's only workload. */
export function ordinals({workloads}: MapReport): readonly MappedOrdinal[] {
  expect(workloads).toHaveLength(1)
  return workloads[0]?.ordinals ?? []
}

/** A printed table as rows by header. */
export function table(text: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = (text.split('\n\n')[0] ?? '').trimEnd().split('\n')
  const columns = [...header.matchAll(/\S+/g)].map(({0: name, index}) => ({name, index}))
  return lines.map((line) =>
    Object.fromEntries(
      columns.map(({name, index}, at) => [name, line.slice(index, columns[at + 1]?.index).trim()]),
    ),
  )
}
