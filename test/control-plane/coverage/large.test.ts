import {stripVTControlCharacters} from 'node:util'
import {afterAll, beforeAll, expect, test} from 'vitest'
import type {CoverageReport, CoveredNode} from '../../../src/reports/coverage/report.ts'
import {GONE, IN_A_HURRY, largeCluster, NODES} from '../situations/daemon-large.ts'
import {type ControlPlane, startControlPlane} from '../tools/control-plane.ts'
import {describeControlPlane} from '../tools/describe-control-plane.ts'
import {installPlugin, type Plugin, table} from '../tools/plugin.ts'
import {stopAfterReadsOnly} from '../tools/requests.ts'
import {type Coverage, coverageOf} from './plugin.ts'
import {hasTerminal, onTerminal} from './terminal.ts'

describeControlPlane(`coverage of ${NODES} nodes`, () => {
  let controlPlane: ControlPlane
  let plugin: Plugin
  let coverage: Coverage

  beforeAll(async () => {
    controlPlane = await startControlPlane(IN_A_HURRY)
    plugin = installPlugin(controlPlane)
    coverage = coverageOf(plugin)
    await largeCluster(controlPlane)
  })

  afterAll(() => stopAfterReadsOnly(controlPlane))

  const cells = (report: CoverageReport, state: CoveredNode['state']) =>
    report.daemonSets.flatMap(({name, nodes}) =>
      nodes.filter((node) => node.state === state).map((node) => `${name} ${node.name}`),
    )

  test('has a verdict for every DaemonSet on every node', async () => {
    const report = await coverage.report('-A')
    expect(report.daemonSets).toHaveLength(8)
    for (const {nodes} of report.daemonSets)
      expect(nodes.filter(({state}) => state !== 'NodeGone')).toHaveLength(NODES - 1)
    expect(cells(report, 'NodeGone')).toEqual([`kube-proxy ${GONE}`, `node-exporter ${GONE}`])
    expect(cells(report, 'NotReady')).toEqual([
      'node-exporter worker-120',
      'node-exporter worker-41',
      'node-exporter worker-77',
    ])
    expect(cells(report, 'Misscheduled')).toEqual(
      ['disk-scrubber', 'log-collector', 'profiler'].map((name) => `${name} worker-50`),
    )
    expect(cells(report, 'Pending')).toHaveLength(27)
  })

  test('lists or counts every node that is not as it should be', async () => {
    const [counters = '', listed = '', counted = ''] = (await coverage.text('-A')).split('\n\n')
    const {daemonSets} = await coverage.report('-A')
    for (const {name, nodes} of daemonSets) {
      const settled = nodes.filter(({state, updated}) => state === 'Running' && updated !== false).length
      const rows = table(listed).filter(({DAEMONSET}) => DAEMONSET === name).length
      const groups = table(counted).filter(({DAEMONSET}) => DAEMONSET === name)
      const sum = groups.reduce((total, group) => total + Number(group.NODES), 0)
      expect([name, settled + rows + sum]).toEqual([name, nodes.length])
    }
    expect(table(counters).map(({DAEMONSET}) => DAEMONSET)).toEqual(daemonSets.map(({name}) => name))
    expect([counters, listed, counted].join('\n\n').split('\n').length).toBeLessThanOrEqual(40)
  })

  test('draws all of it as a matrix of equal nodes', async () => {
    const {daemonSets} = await coverage.report('-A')
    const names = new Set(daemonSets.flatMap(({nodes}) => nodes.map(({name}) => name)))
    const [matrix = '', legend = ''] = (await coverage.text('-A', '--matrix')).split('\n\n')
    const rows = matrix.split('\n').slice(1)
    const counts = rows.map((row) => Number.parseInt(row, 10))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(names.size)
    expect(rows.length).toBeLessThan(20)
    // kube-proxy is the third, node-exporter the seventh.
    expect(rows.find((row) => row.includes(GONE))).toMatch(/^1 +\. \. G \. \. \. G \. +worker-299$/)
    for (const meaning of [
      'R running',
      'r running, old revision',
      'N not ready',
      'P pending',
      'X misscheduled',
    ])
      expect(legend).toContain(meaning)
    expect(legend.trimEnd().split('\n').slice(1)).toEqual(
      daemonSets.map(({namespace, name}, index) =>
        expect.stringMatching(new RegExp(`^${index + 1} +${namespace}/${name}$`)),
      ),
    )
  })

  test.skipIf(!hasTerminal)('has a default view that fits a terminal of 100 × 40', async () => {
    const lines = await onTerminal(plugin, 100, ['-A', '--color=never'])
    expect(lines.length).toBeLessThanOrEqual(40)
    expect(Math.max(...lines.map(({length}) => length))).toBeLessThanOrEqual(100)
    expect(lines.join('\n')).toContain('selector wants disk=hdd')
    expect(lines.at(-1)).toMatch(/^More +\d+ notes; evidence and remedies: /)
  })

  test.skipIf(!hasTerminal)('has a matrix that fits a terminal of 100 × 40', async () => {
    const lines = await onTerminal(plugin, 100, ['-A', '--matrix', '--color=never'])
    expect(lines[0]).toMatch(/^NODES +1 2 3 4 5 6 7 8 +NODE$/)
    expect(lines.length).toBeLessThan(40)
    expect(Math.max(...lines.map(({length}) => length))).toBeLessThanOrEqual(100)
  })

  test.skipIf(!hasTerminal)('says in colour what it says without', async () => {
    const answer = async (color: string) =>
      (await onTerminal(plugin, 100, ['-A', '--matrix', `--color=${color}`])).join('\n')
    const [plain, colored] = [await answer('never'), await answer('always')]
    expect(stripVTControlCharacters(colored)).toBe(plain)
    expect(stripVTControlCharacters(plain)).toBe(plain)
  })
})
